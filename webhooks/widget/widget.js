// <os2-search product="os2display" lang="da">: search and cited answers on any website. One file, no
// framework; the page's own policy need only allow this service in script-src and connect-src.
const SERVICE = new URL(import.meta.url).origin;
const SHOWN = 5; // results; the rest are a link away
const PAUSE = 80; // milliseconds after a key
const A_QUESTION = 3; // words: fewer are looked for, not asked

const WORDS = {
  da: {
    label: "Søg eller stil et spørgsmål", search: "Søg", suggestions: "Forslag", answer: "Svar", sources: "Kilder",
    results: "Resultater", none: "Ingen resultater. Prøv færre eller andre ord.", count: (n) => (n === 1 ? "1 resultat" : `${n} resultater`),
    all: "Se alle resultater", waiting: "Finder et svar …", searching: "Søger …", offer: "Find et svar med citater",
    onward: "Send spørgsmålet videre", helped: "Var svaret en hjælp?", yes: "Ja", no: "Nej", thanks: "Tak. Det hjælper os med at gøre svarene bedre.",
    unkept: "Det kunne ikke gemmes.", many: "Der er spurgt meget på kort tid. Prøv igen om lidt.",
    failed: "Der kunne ikke søges lige nu. Prøv igen om lidt.",
    draft: "Udkast", proposal: "Forslag", superseded: "Erstattet eller bortfaldet", archived: "Arkiveret",
  },
  en: {
    label: "Search, or ask a question", search: "Search", suggestions: "Suggestions", answer: "Answer", sources: "Sources",
    results: "Results", none: "No results. Try fewer or other words.", count: (n) => (n === 1 ? "1 result" : `${n} results`),
    all: "See all results", waiting: "Finding an answer …", searching: "Searching …", offer: "Find an answer with quotes",
    onward: "Send the question on", helped: "Was this helpful?", yes: "Yes", no: "No", thanks: "Thank you. It helps us to make answers better.",
    unkept: "It could not be stored.", many: "Much was asked in a short time. Try again in a moment.",
    failed: "Nothing could be searched just now. Try again in a moment.",
    draft: "Draft", proposal: "Proposal", superseded: "Superseded or lapsed", archived: "Archived",
  },
};

// Each colour can be set from outside; else it follows the page's own `color-scheme`.
const STYLE = `
:host {
  --ink: var(--os2-ink, light-dark(#1f2421, #e9ecea)); --soft: var(--os2-soft, light-dark(#5d625f, #b3b8b5));
  --paper: var(--os2-paper, light-dark(#fff, #151a16)); --raised: var(--os2-raised, light-dark(#f6f9f6, #1f2620));
  --line: var(--os2-line, light-dark(#767b78, #8b918d)); --link: var(--os2-link, light-dark(#3a7f3b, #8fcc90));
  --brand: var(--os2-brand, light-dark(#3a7f3b, #2f6b30)); --on-brand: var(--os2-on-brand, #fff);
  --tint: light-dark(#e3f0e3, #22402a); --tint-ink: light-dark(#2c612d, #bfe6c0);
  --wait: light-dark(#fff3d6, #46350f); --wait-ink: light-dark(#6b4200, #ffdf94);
  display: block; color: var(--ink); background: var(--paper); overflow-wrap: anywhere;
  font: 1rem/1.5 var(--os2-font, "Open Sans", system-ui, sans-serif);
}
:host([hidden]), [hidden] { display: none; }
*, ::before, ::after { box-sizing: border-box; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
.field { position: relative; display: flex; gap: .5rem; }
input, button { font: inherit; min-height: 2.75rem; border-radius: var(--os2-radius, 3px); border: 1px solid var(--line); }
input { flex: 1; min-width: 0; padding: .4rem .6rem; color: inherit; background: var(--paper); }
button { padding: .4rem 1rem; font-weight: 700; cursor: pointer; color: var(--on-brand); background: var(--brand); border-color: var(--brand); }
button.quiet { color: var(--link); background: none; border-color: var(--line); min-height: 2.4rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
a { color: var(--link); font-weight: 700; text-underline-offset: .15em; }
[role=listbox] { position: absolute; z-index: 1; top: 100%; left: 0; right: 0; margin: .25rem 0 0; padding: 0; list-style: none;
  max-height: 18rem; overflow-y: auto; background: var(--paper); border: 1px solid var(--line); box-shadow: 0 4px 16px #0004; }
[role=option] { padding: .5rem .6rem; cursor: pointer; } [role=option]:hover { background: var(--raised); }
[role=option][aria-selected=true] { background: var(--brand); color: var(--on-brand); }
h2, h3 { font-size: 1.1rem; line-height: 1.3; margin: 0; } h3 { font-size: 1rem; } p { margin: .35rem 0; }
.answer { margin: 1rem 0; padding: .75rem 1rem; background: var(--raised); border-left: 4px solid var(--brand); }
.cited { text-decoration: none; } .answer li:focus { outline-offset: 4px; }
ol { margin: .25rem 0; padding-left: 1.5rem; } .hits { list-style: none; padding: 0; }
.hits > li { padding: .75rem 0; border-top: 1px solid var(--line); }
mark { background: var(--tint); color: var(--tint-ink); font-weight: 600; }
blockquote { margin: .25rem 0; padding-left: .75rem; border-left: 3px solid var(--line); color: var(--soft); }
.soft { color: var(--soft); font-size: .9rem; } .feedback { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.badge { padding: 0 .4rem; border-radius: 3px; font-size: .85rem; font-weight: 600; background: var(--wait); color: var(--wait-ink); }
@supports not (color: light-dark(#000, #fff)) {
  :host {
    --ink: var(--os2-ink, #1f2421); --soft: var(--os2-soft, #5d625f); --paper: var(--os2-paper, #fff); --raised: var(--os2-raised, #f6f9f6);
    --line: var(--os2-line, #767b78); --link: var(--os2-link, #3a7f3b); --brand: var(--os2-brand, #3a7f3b);
    --tint: #e3f0e3; --tint-ink: #2c612d; --wait: #fff3d6; --wait-ink: #6b4200;
  }
}`;
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(STYLE);

// Safe HTML ---------------------------------------------------------------------------------------

// The service sends HTML that is safe; this is a second lock, since it is shown on somebody else's site.
const ALLOWED = new Set("A BLOCKQUOTE BR CODE DEL EM H3 H4 H5 H6 HR LI MARK OL P PRE S STRONG UL".split(" "));
const POLICY = globalThis.trustedTypes?.createPolicy("os2-search", { createHTML: (html) => html });

function safe(html) {
  const template = document.createElement("template");
  template.innerHTML = POLICY ? POLICY.createHTML(html) : html;
  for (const one of template.content.querySelectorAll("*")) {
    const { className } = one, to = one.getAttribute("href") ?? "";
    for (const { name } of [...one.attributes]) one.removeAttribute(name);
    if (!ALLOWED.has(one.tagName)) one.replaceWith(one.textContent);
    else if (one.tagName === "A" && address(to)) Object.assign(one, { className, href: to.startsWith("#") ? to : address(to) });
  }
  return template.content;
}

function address(url) {
  if (!url) return "";
  try {
    const parsed = new URL(url, SERVICE);
    return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : "";
  } catch {
    return "";
  }
}

// An element with properties, attributes (those with a dash, and role) and children.
function make(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role" || key === "lang") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children.filter((one) => one !== null && one !== ""));
  return made;
}

const link = (url, text) => (address(url) ? make("a", { href: address(url) }, text) : text);

// The service -------------------------------------------------------------------------------------

class Refused extends Error {
  constructor(status) {
    super(`${SERVICE} answered ${status}`);
    this.status = status;
  }
}

async function sent(path, options) {
  const response = await fetch(SERVICE + path, { credentials: "omit", referrerPolicy: "no-referrer", ...options });
  if (!response.ok) throw new Refused(response.status);
  return response;
}

// “[ODR] To godkendelser” says no more than “To godkendelser”.
const bare = (heading) => heading.replace(/^\[\p{L}{2,10}\]\s+/u, "").toLowerCase();
const trail = ({ title, heading }) => [title, ...heading.split(" › ")]
  .filter((step, at, all) => step && (at === 0 || bare(step) !== bare(all[at - 1]))).join(" › ");
const posted = (path, body, signal, accept = "application/json") =>
  sent(path, { method: "POST", body: JSON.stringify(body), signal, headers: { "Content-Type": "application/json", Accept: accept } });

async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ;) {
    const { value, done } = await reader.read();
    if (done) return;
    const whole = (rest + value).split("\n\n");
    rest = whole.pop();
    for (const event of whole) {
      const found = /^event: (.*)\ndata: (.*)$/.exec(event);
      if (found) yield [found[1], JSON.parse(found[2])];
    }
  }
}

// The element -------------------------------------------------------------------------------------

class Os2Search extends HTMLElement {
  static observedAttributes = ["product", "lang"];
  #root = this.attachShadow({ mode: "open" });
  #box; #list; #status; #answer; #found;
  #active = -1;
  #pause; #suggesting; #asking;

  connectedCallback() { this.#build(); }
  disconnectedCallback() { this.#stop(); }
  attributeChangedCallback() { if (this.isConnected && this.#box) this.#build(); }

  get #language() {
    const said = this.closest("[lang]")?.lang ?? "";
    return said.toLowerCase().startsWith("en") ? "en" : "da";
  }

  get #words() { return WORDS[this.#language]; }

  #query(more) {
    const product = this.getAttribute("product");
    return String(new URLSearchParams(product ? { ...more, product } : more));
  }

  #build() {
    this.#stop();
    const words = this.#words, typed = this.#box?.value ?? "";
    this.#root.adoptedStyleSheets = [SHEET];
    this.#list = make("ul", { id: "suggestions", role: "listbox", hidden: true, "aria-label": words.suggestions });
    this.#box = make("input", {
      id: "q", type: "search", maxLength: 1000, autocomplete: "off", spellcheck: false, enterKeyHint: "search", value: typed,
      role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": "false",
    });
    this.#status = make("p", { className: "soft", role: "status" });
    this.#answer = make("section", { className: "answer", hidden: true, "aria-label": words.answer });
    this.#found = make("section", { hidden: true, "aria-label": words.results });
    const field = make("div", { className: "field" }, this.#box, make("button", { type: "submit" }, words.search), this.#list);
    const form = make("form", { role: "search" }, make("label", { htmlFor: "q" }, words.label), field);
    this.#root.replaceChildren(make("div", { lang: this.#language }, form, this.#status, this.#answer, this.#found));
    this.#box.addEventListener("keydown", (event) => this.#onKey(event));
    this.#box.addEventListener("blur", () => this.#close());
    this.#box.addEventListener("input", () => {
      clearTimeout(this.#pause);
      this.#point(-1); // what was pointed at is no longer what is meant
      this.#pause = setTimeout(() => this.#suggest(), PAUSE);
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#search(); });
    this.#list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the box keeps the focus
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(option);
    });
    this.#answer.addEventListener("click", (event) => this.#onClick(event));
  }

  #stop() {
    clearTimeout(this.#pause);
    this.#suggesting?.abort();
    this.#asking?.abort();
  }

  // Suggestions

  async #suggest() {
    this.#suggesting?.abort();
    const q = this.#box.value.trim();
    if (!q) return this.#close();
    const { signal } = (this.#suggesting = new AbortController());
    try {
      const response = await sent(`/api/v1/suggest?${this.#query({ q })}`, { signal });
      const { suggestions } = await response.json();
      if (!signal.aborted) this.#open(suggestions);
    } catch {
      if (!signal.aborted) this.#close(); // one can search without them
    }
  }

  #open(suggestions) {
    if (this.#root.activeElement !== this.#box || !suggestions.length) return this.#close();
    this.#list.replaceChildren(...suggestions.map(({ text }, at) => make("li", { id: `suggestion-${at}`, role: "option" }, text)));
    this.#list.hidden = false;
    this.#box.setAttribute("aria-expanded", "true");
    this.#point(-1);
  }

  #close() {
    clearTimeout(this.#pause);
    this.#suggesting?.abort();
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#box.setAttribute("aria-expanded", "false");
    this.#point(-1);
  }

  #point(at) {
    this.#active = at;
    [...this.#list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) return this.#box.removeAttribute("aria-activedescendant");
    this.#box.setAttribute("aria-activedescendant", this.#list.children[at].id);
    this.#list.children[at].scrollIntoView({ block: "nearest" });
  }

  #choose(option) {
    this.#box.value = option.textContent;
    this.#search();
  }

  #onKey(event) {
    const options = this.#list.children.length;
    if (event.isComposing) return;
    if (event.key === "Escape" && options) this.#close();
    else if (["ArrowDown", "ArrowUp"].includes(event.key) && options) {
      this.#stop(); // no other list comes in between
      const places = options + 1; // one is the box itself
      this.#point(((this.#active + 1 + (event.key === "ArrowDown" ? 1 : -1) + places) % places) - 1);
    } else if (event.key === "Enter" && this.#active >= 0) this.#choose(this.#list.children[this.#active]);
    else return;
    event.preventDefault();
  }

  // Results

  async #search() {
    this.#stop();
    this.#close();
    const q = this.#box.value.trim();
    this.#answer.hidden = this.#found.hidden = true;
    this.#status.textContent = q ? this.#words.searching : "";
    if (!q) return;
    const { signal } = (this.#asking = new AbortController());
    try {
      const response = await sent(`/api/v1/search?${this.#query({ q, limit: SHOWN })}`, { signal });
      const found = await response.json();
      if (signal.aborted) return;
      this.#show(q, found);
      if (found.total) this.#offer(q, signal);
    } catch (error) {
      if (!signal.aborted) this.#status.textContent = this.#failure(error);
    }
  }

  #failure(error) { return error.status === 429 ? this.#words.many : this.#words.failed; }

  #show(q, { total, results }) {
    const words = this.#words;
    this.#status.textContent = total ? words.count(total) : words.none;
    const hits = results.map((one) => {
      const name = one.heading.split(" › ").pop() || one.title;
      return make("li", {},
        make("h3", { lang: one.lang }, link(one.url || `/passages/${one.id}`, name)),
        make("p", { className: "soft", lang: one.lang }, bare(name) === bare(one.title) ? "" : one.title, this.#badge(one.status)),
        make("p", { lang: one.lang }, safe(one.snippet)));
    });
    const all = link(`/?${this.#query({ q, lang: this.#language })}`, words.all);
    this.#found.replaceChildren(make("ol", { className: "hits" }, ...hits), total > SHOWN ? make("p", {}, all) : "");
    this.#found.hidden = !total;
    if (!total) this.#status.append(" ", this.#onward(q));
  }

  #onward(q) { return link(`/questions?${this.#query({ q, lang: this.#language })}`, this.#words.onward); }

  // `9. april 2026`; as it is written where it is no whole date.
  #day(written) {
    const at = new Date(`${written}T00:00Z`), locale = this.#language === "en" ? "en-GB" : "da";
    return isNaN(at) ? written : at.toLocaleDateString(locale, { dateStyle: "long", timeZone: "UTC" });
  }

  #badge(status) {
    return this.#words[status] ? make("span", {}, " ", make("span", { className: "badge" }, this.#words[status])) : "";
  }

  // The answer

  #offer(q, signal) {
    this.#answer.hidden = false;
    if (q.endsWith("?") || q.split(/\s+/).length >= A_QUESTION) return this.#ask(q, signal);
    const button = make("button", { type: "button", className: "quiet" }, this.#words.offer);
    button.addEventListener("click", () => this.#ask(q, signal));
    this.#answer.replaceChildren(button);
  }

  async #ask(question, signal) {
    const waiting = make("p", { className: "soft" }, this.#words.waiting);
    this.#answer.replaceChildren(waiting);
    this.#answer.setAttribute("aria-busy", "true");
    const product = this.getAttribute("product"), citations = [];
    try {
      const response = await posted("/api/v1/ask", product ? { question, product } : { question }, signal, "text/event-stream");
      for await (const [name, data] of events(response)) {
        if (signal.aborted) return;
        if (name === "citation") {
          citations.push(data);
          waiting.textContent = `${this.#words.waiting} ${data.title}`;
        } else if (name === "done") this.#answered(question, data, citations);
        else if (name === "error") throw new Refused(data.status);
      }
    } catch (error) {
      if (!signal.aborted) this.#answer.replaceChildren(make("p", {}, this.#failure(error)));
    } finally {
      if (!signal.aborted) this.#answer.removeAttribute("aria-busy");
    }
  }

  #answered(q, done, citations) {
    const words = this.#words, onOurPage = `/?${this.#query({ q, answer: 1, lang: this.#language })}`;
    const said = make("div", { lang: done.lang }, safe(done.html));
    if (done.abstained) return this.#answer.replaceChildren(said, done.reason === "private-topic" ? "" : this.#onward(q));
    const sources = citations.map((one) => make("li", { id: `source-${one.n}`, tabIndex: -1 },
      link(one.url || onOurPage, trail(one)), this.#badge(one.status),
      done.composer === "llm" ? make("blockquote", {}, one.quote) : "",
      make("p", { className: "soft" }, [this.#day(one.date), one.path].filter(Boolean).join(" · "))));
    const vote = (helpful, text) => {
      const button = make("button", { type: "button", className: "quiet" }, text);
      button.addEventListener("click", () => this.#vote({ answer_id: done.answer_id, helpful }));
      return button;
    };
    const feedback = make("div", { className: "feedback" }, make("p", {}, words.helped), vote(true, words.yes), vote(false, words.no));
    this.#answer.replaceChildren(make("h2", {}, words.answer), said, make("h3", {}, words.sources), make("ol", {}, ...sources), feedback);
  }

  async #vote(body) {
    const stored = await posted("/api/v1/feedback", body).then(() => true, () => false);
    const said = make("p", { role: "status" }, stored ? this.#words.thanks : this.#words.unkept);
    this.#root.querySelector(".feedback")?.replaceChildren(said);
  }

  #onClick(event) {
    const cited = event.target.closest("a[href^='#']");
    if (!cited) return;
    event.preventDefault(); // the page's own addresses know nothing of what is in here
    this.#root.getElementById(cited.hash.slice(1))?.focus();
  }
}

if (!customElements.get("os2-search")) customElements.define("os2-search", Os2Search);
