// The search page while somebody types: suggestions, results and the cited answer. All of it also
// works without this file. Results are the page itself, fetched again: the server writes them, once.
const form = document.getElementById("search");
const box = document.getElementById("q");
const answer = document.getElementById("answer");
const told = document.getElementById("told"); // for who hears the page
const count = document.getElementById("count");
const PAUSE = 60; // milliseconds after a key
const REPLACED = ["facets", "found"];

const address = () => `${form.action}?${new URLSearchParams(new FormData(form))}`;
let fetching; // what is asked for now; the next key makes it out of date
let shown = location.href.split("#")[0];

const list = Object.assign(document.createElement("ul"), { id: "suggestions", hidden: true });
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", box.dataset.suggestions);
box.parentElement.append(list);
for (const [name, value] of Object.entries({
  role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
})) box.setAttribute(name, value);

async function show(to, { asks }) {
  shown = to;
  fetching?.abort();
  fetching = new AbortController();
  const { signal } = fetching;
  try {
    const response = await fetch(to, { signal, headers: { Accept: "text/html" } });
    if (!response.ok) {
      if (asks) location.assign(to); // the page that tells why
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (signal.aborted) return;
    for (const id of REPLACED) {
      document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
    }
    count.textContent = page.getElementById("count").textContent;
    document.title = page.title;
    offer(page.getElementById("answer"), asks);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

// The answer --------------------------------------------------------------------------------------

let stream;

function offer(fresh, asks) {
  stream?.close();
  answer.hidden = fresh.hidden;
  answer.removeAttribute("aria-busy");
  answer.replaceChildren(...fresh.childNodes);
  if (fresh.dataset.stream) answer.dataset.stream = fresh.dataset.stream;
  else delete answer.dataset.stream;
  if (asks && "now" in fresh.dataset) ask();
}

function ask() {
  if (!answer.dataset.stream) return;
  stream?.close();
  const waiting = Object.assign(document.createElement("p"), { className: "waiting", textContent: answer.dataset.waiting });
  answer.replaceChildren(waiting);
  told.textContent = answer.dataset.waiting;
  answer.setAttribute("aria-busy", "true");
  stream = new EventSource(answer.dataset.stream);
  stream.addEventListener("citation", (event) => {
    waiting.textContent = `${answer.dataset.waiting} ${JSON.parse(event.data).title}`;
  });
  stream.addEventListener("done", (event) => done((block) => { block.innerHTML = JSON.parse(event.data).html; }));
  stream.addEventListener("error", () => done((block) => { block.textContent = answer.dataset.failed; }));
}

function done(fill) {
  stream.close();
  const block = document.createElement("div");
  fill(block);
  answer.replaceChildren(block);
  answer.removeAttribute("aria-busy");
  told.textContent = answer.querySelector(".sources") ? answer.dataset.ready : block.textContent.trim();
}

answer.addEventListener("click", (event) => {
  if (!event.target.closest(".offer a")) return;
  event.preventDefault();
  ask();
});

// Without a script the form leads to a page of thanks.
answer.addEventListener("submit", async (event) => {
  event.preventDefault();
  const feedback = event.target;
  const body = JSON.stringify({ answer_id: feedback.elements.answer.value, helpful: event.submitter.value === "yes" });
  const response = await fetch("/api/v1/feedback", { method: "POST", body, headers: { "Content-Type": "application/json" } })
    .catch(() => ({ ok: false }));
  const said = Object.assign(document.createElement("p"), { textContent: response.ok ? answer.dataset.thanks : answer.dataset.unkept });
  said.setAttribute("role", "status");
  feedback.replaceChildren(said);
});

// Suggestions -------------------------------------------------------------------------------------

let suggesting;
let active = -1;

async function suggest() {
  suggesting?.abort();
  if (!box.value.trim()) return close();
  suggesting = new AbortController();
  const asked = new URLSearchParams({ q: box.value });
  if (form.elements.product) asked.set("product", form.elements.product.value);
  try {
    const response = await fetch(`/api/v1/suggest?${asked}`, { signal: suggesting.signal });
    if (!response.ok) return close();
    open((await response.json()).suggestions);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function open(suggestions) {
  if (active >= 0) return; // somebody is choosing, and no other list comes in between
  if (document.activeElement !== box || !suggestions.length) return close();
  list.replaceChildren(...suggestions.map(({ text }, at) => {
    const option = Object.assign(document.createElement("li"), { id: `suggestion-${at}`, textContent: text });
    option.setAttribute("role", "option");
    return option;
  }));
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
  point(-1);
}

function close() {
  suggesting?.abort();
  list.hidden = true;
  list.replaceChildren();
  box.setAttribute("aria-expanded", "false");
  point(-1);
}

function point(at) {
  active = at;
  [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
  if (at < 0) box.removeAttribute("aria-activedescendant");
  else {
    box.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }
}

function choose(option) {
  box.value = option.textContent;
  form.requestSubmit();
}

box.addEventListener("keydown", (event) => {
  const options = list.children.length;
  if (event.isComposing) return;
  if (event.key === "Escape" && !list.hidden) close();
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options) {
    const places = options + 1; // one is the box itself
    const step = event.key === "ArrowDown" ? 1 : -1;
    point(((active + 1 + step + places) % places) - 1);
  } else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
  else return;
  event.preventDefault();
});
list.addEventListener("pointerdown", (event) => {
  event.preventDefault(); // the box keeps the focus
  const option = event.target.closest("[role=option]");
  if (option) choose(option);
});
box.addEventListener("blur", close);

// Typing and submitting ---------------------------------------------------------------------------

let pause;

box.addEventListener("input", () => {
  clearTimeout(pause);
  point(-1); // what is typed counts, no longer what was pointed at
  pause = setTimeout(() => {
    history.replaceState(null, "", address());
    show(address(), { asks: false });
    suggest();
  }, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  close();
  if (address() !== location.href) history.pushState(null, "", address());
  show(address(), { asks: true });
});
addEventListener("popstate", () => {
  const to = location.href.split("#")[0];
  if (to === shown) return; // it was but a jump to a source
  box.value = new URL(location).searchParams.get("q") ?? "";
  show(to, { asks: true });
});

if ("now" in answer.dataset) ask();

