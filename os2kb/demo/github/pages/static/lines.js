// Marks the lines that #L3-L7 names; a single line is left to :target.
// A page that is shown as it reads has no lines, so such a link goes on to the view that has.
function mark() {
  for (const row of document.querySelectorAll("tr.chosen")) row.classList.remove("chosen");
  const range = /^#L(\d+)(?:-L?(\d+))?$/.exec(location.hash);
  if (!range) return;
  if (!document.querySelector(".code")) {
    location.replace(`?plain=1${location.hash}`);
    return;
  }
  const last = Math.min(Number(range[2] || range[1]), Number(range[1]) + 5000);
  for (let line = Number(range[1]); line <= last; line++) {
    const row = document.getElementById(`L${line}`);
    if (row) row.classList.add("chosen");
  }
  const first = document.getElementById(`L${range[1]}`);
  if (first) first.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", mark);
mark();
