// Loads the page "Now" anew when the service says that something changed. Without it, all works.
"use strict";

const live = document.getElementById("live");
const mark = document.getElementById("waiting").dataset.mark;
const source = new EventSource(`/console/now/events?since=${mark}`);

source.addEventListener("changed", async () => {
  const answer = await fetch("/console");
  if (!answer.ok || answer.redirected) {
    source.close();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("waiting");
  const here = document.getElementById("waiting");
  // Whoever stands on a link is not pushed away from it.
  if (fresh && !here.contains(document.activeElement)) here.replaceWith(fresh);
  live.textContent = live.dataset.said;
});
