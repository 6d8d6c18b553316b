import type { Verification } from "@ringfence/core/proof/ledger";
import { type KeyTaking, type Locale, createMessage, say } from "@ringfence/core/platform/message";
import { createLatestOnly } from "@ringfence/core/platform/latest-only";
import { describeVerification } from "../describe-verification.ts";
import { type ReaderTrust, verify } from "../verify.ts";

const marks = { passed: "✓", consistent: "≈", failed: "✗", absent: "·" } as const;

let locale: Locale = navigator.language.startsWith("ru") ? "ru" : "en";
/** The file that was chosen, and the keys to check it by. */
let chosen: Uint8Array | null = null;
const trust: ReaderTrust = {};
const trustNames: Partial<Record<keyof typeof trustFields, string>> = {};
let found: Verification | null = null;
const latestOnly = createLatestOnly();
/** Name of the chosen file if it cannot be read. */
let unreadable: string | null = null;

const trustFields = { policy: "", keys: ".json", roots: ".pem,.crt,.cer" } as const;

/**
 * Draws the whole page that checks a file in the browser, in the chosen language. It is small, so nothing is updated
 * in place.
 */
function show() {
  document.documentElement.lang = locale;
  const words = (key: KeyTaking<undefined>) => say(locale, createMessage(key));
  const other: Locale = locale === "en" ? "ru" : "en";
  const choice = element("button", { lang: other }, other === "ru" ? "Русский" : "English");
  choice.addEventListener("click", () => {
    locale = other;
    show();
  });
  const input = element("input", { type: "file", accept: ".json,.pdf,.txt,.jwt,.zip" });
  input.addEventListener("change", () => void takeFile(input));
  document.title = words("verify.page.title");
  const page = document.querySelector("#page");
  page?.replaceChildren(
    element("header", {}, element("h1", {}, words("verify.page.title")), choice),
    element("p", {}, words("verify.page.note")),
    element("label", { class: "drop" }, words("verify.page.file"), input),
    createKeyFields(),
    ...(unreadable === null ? [] : [createFault(unreadable)]),
    ...(found === null ? [] : createResult(found, words("verify.stated"))),
  );
}

/** Creates fields for keys that the reader got from elsewhere. Without them nothing is proven. */
function createKeyFields(): HTMLElement {
  const names = ["policy", "keys", "roots"] as const;
  const fields = names.map((name) => {
    const input = element("input", { type: "file", accept: trustFields[name] });
    input.addEventListener("change", () => void takeTrust(name, input));
    const label = say(locale, { key: `verify.page.${name}` });
    const given = trustNames[name];
    return element("label", {}, label, input, ...(given === undefined ? [] : [given]));
  });
  const own = element(
    "details",
    {},
    element("summary", {}, say(locale, { key: "verify.page.own" })),
    element("p", {}, say(locale, { key: "verify.page.ownNote" })),
    ...fields,
  );
  own.open = Object.keys(trustNames).length > 0;
  return own;
}

async function takeTrust(name: keyof typeof trustFields, { files }: HTMLInputElement) {
  const file = files?.[0];
  if (!file) return;
  trust[name] = await file.text();
  trustNames[name] = file.name;
  await check();
}

async function takeFile({ files }: HTMLInputElement) {
  const file = files?.[0];
  if (!file) return;
  clear();
  await latestOnly(
    () => file.arrayBuffer().catch(() => null),
    (content) => {
      if (content === null) unreadable = file.name;
      else chosen = new Uint8Array(content);
      void check();
    },
  );
}

/**
 * Takes the last file and its verdict off the page, so that it is never taken for that of the next one. `latestOnly`
 * drops a verdict that comes late.
 */
function clear() {
  chosen = null;
  found = null;
  unreadable = null;
  show();
}

async function check() {
  found = null;
  show();
  const file = chosen;
  if (file === null) return;
  await latestOnly(
    () => verify(file, trust),
    (verification) => {
      found = verification;
      show();
    },
  );
}

const createFault = (file: string): HTMLElement =>
  element(
    "p",
    { class: "verdict broken", role: "alert" },
    say(locale, { key: "verify.file-unreadable", values: { file } }),
  );

function createResult(verification: Verification, heading: string): HTMLElement[] {
  const { verdict, groups, stated } = describeVerification(locale, verification);
  const lists = groups.flatMap(({ outcome, title, steps }) => [
    element("h2", {}, title),
    element(
      "ol",
      { class: outcome },
      ...steps.map((step) =>
        element(
          "li",
          {},
          element("span", { "aria-hidden": "true" }, marks[outcome]),
          element("b", {}, step.title),
          element("p", {}, step.sentence),
        ),
      ),
    ),
  ]);
  const facts = stated.flatMap(({ label, value }) => [
    element("dt", {}, label),
    element("dd", {}, value),
  ]);
  const isProven = verification.anchor !== "file" && !verification.hasEnded;
  const look = verification.verdict === "holds" && !isProven ? "unproven" : verification.verdict;
  return [
    element("p", { class: `verdict ${look}`, role: "status" }, verdict),
    ...(facts.length === 0 ? [] : [element("h2", {}, heading), element("dl", {}, ...facts)]),
    ...lists,
  ];
}

show();

/** Creates an element with attributes and content. Text is never read as HTML. */
function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
  ...content: (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}
