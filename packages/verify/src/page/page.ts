import type { Verification } from "@ringfence/core/ledger";
import { type Locale, say } from "@ringfence/core/message";
import { tell } from "../tell.ts";
import { verify } from "../verify.ts";
import { element } from "./element.ts";

const marks = { passed: "✓", failed: "✗", absent: "·" } as const;

let locale: Locale = navigator.language.startsWith("ru") ? "ru" : "en";
let found: Verification | null = null;

/** The whole page, anew: it is small, and has two states. */
function show() {
  document.documentElement.lang = locale;
  const words = (key: Parameters<typeof say>[1]["key"]) => say(locale, { key });
  const other: Locale = locale === "en" ? "ru" : "en";
  const choice = element("button", { lang: other }, other === "ru" ? "Русский" : "English");
  choice.addEventListener("click", () => {
    locale = other;
    show();
  });
  const input = element("input", { type: "file", accept: ".json,.pdf,.txt,.jwt" });
  input.addEventListener("change", () => void take(input));
  document.title = words("verify.page.title");
  const page = document.querySelector("#page");
  page?.replaceChildren(
    element("header", {}, element("h1", {}, words("verify.page.title")), choice),
    element("p", {}, words("verify.page.note")),
    element("label", { class: "drop" }, words("verify.page.file"), input),
    ...(found === null ? [] : resultOf(found, words("verify.stated"))),
  );
}

async function take({ files }: HTMLInputElement) {
  const file = files?.[0];
  if (!file) return;
  found = await verify(new Uint8Array(await file.arrayBuffer()));
  show();
}

function resultOf(verification: Verification, heading: string): HTMLElement[] {
  const { verdict, steps, stated } = tell(locale, verification);
  const lines = steps.map(({ title, outcome, sentence }) =>
    element(
      "li",
      {},
      element("span", { "aria-hidden": "true" }, marks[outcome]),
      element("b", {}, title),
      element("p", {}, sentence),
    ),
  );
  const facts = stated.flatMap(({ label, value }) => [
    element("dt", {}, label),
    element("dd", {}, value),
  ]);
  return [
    element("p", { class: `verdict ${verification.verdict}`, role: "status" }, verdict),
    element("ol", {}, ...lines),
    ...(facts.length === 0 ? [] : [element("h2", {}, heading), element("dl", {}, ...facts)]),
  ];
}

show();
