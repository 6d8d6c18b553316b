// `pnpm messages`: writes types that know which values each message takes, so that a missing or extra value
// is a type error. A test fails if they are out of date.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type MessageFormatElement, TYPE, parse } from "@formatjs/icu-messageformat-parser";

const HEAD = "// Written by `pnpm messages` from en.json. Do not edit.\n";
const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

type Kind = "text" | "number" | "date" | "local" | "tag";
type Texts = { [key: string]: string | Texts };

/** True for the styles of dates without a zone, which come as text. */
const isLocal = (style: unknown) => style === "day" || style === "local";

/** The values that a text takes, by name. A value that is a number in one place counts as one in all. */
export function listValues(text: string, { ignoreTag }: { ignoreTag: boolean }): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  const add = (name: string, kind: Kind) => {
    if (kind !== "text" || !kinds.has(name)) kinds.set(name, kind);
  };
  const visit = (elements: readonly MessageFormatElement[]) => {
    for (const element of elements) {
      switch (element.type) {
        case TYPE.literal:
        case TYPE.pound:
          break;
        case TYPE.argument:
          add(element.value, "text");
          break;
        case TYPE.number:
          add(element.value, "number");
          break;
        case TYPE.date:
        case TYPE.time:
          add(element.value, isLocal(element.style) ? "local" : "date");
          break;
        case TYPE.select:
        case TYPE.plural:
          add(element.value, element.type === TYPE.plural ? "number" : "text");
          for (const { value } of Object.values(element.options)) visit(value);
          break;
        case TYPE.tag:
          add(element.value, "tag");
          visit(element.children);
      }
    }
  };
  visit(parse(text, { ignoreTag }));
  return kinds;
}

/** The values without which a text cannot be said, whatever choices it makes. */
function findRequired(elements: readonly MessageFormatElement[]): Set<string> {
  const required = new Set<string>();
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    if (element.type === TYPE.tag) {
      for (const name of findRequired(element.children)) required.add(name);
      continue;
    }
    required.add(element.value);
    if (element.type !== TYPE.select && element.type !== TYPE.plural) continue;
    const [first, ...others] = Object.values(element.options).map(({ value }) =>
      findRequired(value),
    );
    for (const name of first ?? []) {
      if (others.every((other) => other.has(name))) required.add(name);
    }
  }
  return required;
}

const coreTypes = {
  text: "string | number",
  number: "number",
  date: "Date",
  local: "string",
  tag: "never",
};

/** For `Message` in core: the type of the values of each key. */
function writeCoreTypes() {
  const texts: Record<string, string> = JSON.parse(read("packages/core/messages/en.json"));
  const lines = Object.entries(texts).map(([key, text]) => {
    const required = findRequired(parse(text, { ignoreTag: true }));
    const values = [...listValues(text, { ignoreTag: true })].map(([name, kind]) =>
      required.has(name)
        ? `${name}: ${coreTypes[kind]}`
        : `${name}?: ${coreTypes[kind]} | undefined`,
    );
    return `  ${JSON.stringify(key)}: ${values.length === 0 ? "undefined" : `{ ${values.join("; ")} }`};\n`;
  });
  return `${HEAD}export type MessageValues = {\n${lines.join("")}};\n`;
}

const shortest = {
  text: (name: string) => `{${name}}`,
  number: (name: string) => `{${name}, number}`,
  date: (name: string) => `{${name}, date}`,
  local: (name: string) => `{${name}, date}`,
  tag: (name: string) => `<${name}></${name}>`,
};

/** For next-intl, which reads values from the type of a text: the shortest text with the same values. */
function shorten(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === "string"
        ? [...listValues(text, { ignoreTag: false })]
            .map(([name, kind]) => shortest[kind](name))
            .join("")
        : shorten(text),
    ]),
  );
}

function writeWebTypes() {
  const texts: Texts = JSON.parse(read("apps/web/messages/en.json"));
  const declaration = JSON.stringify(shorten(texts), null, 2);
  return `${HEAD}declare const messages: ${declaration};\nexport default messages;\n`;
}

/** The generated files and what has to be in them. */
export const generated = {
  "packages/core/src/platform/message/message-values.ts": writeCoreTypes,
  "apps/web/messages/en.d.json.ts": writeWebTypes,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, write] of Object.entries(generated))
    writeFileSync(path.join(root, file), write());
}
