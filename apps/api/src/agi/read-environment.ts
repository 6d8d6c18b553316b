import type { Socket } from "node:net";

/**
 * The environment that Asterisk sends first: facts about the channel, and the arguments of
 * `AGI(agi://host/screen,…)`.
 */
export type Environment = {
  /** `screen`: the path of the address. */
  script: string;
  /** The number that was dialed in the dialplan. */
  extension: string;
  /** Arguments of the form `name=value`. */
  named: Readonly<Record<string, string>>;
  /**
   * The first argument name that came twice. Such a call is refused, because the number screened
   * and the number dialed could then differ.
   */
  repeated: string | null;
};

const VARIABLE = /^agi_(\w+): ?(.*)$/;

/** Reads lines `agi_name: value` up to the empty one that ends them. */
export async function readEnvironment(lines: Lines): Promise<Environment> {
  const variables = new Map<string, string>();
  for (let line = await nextLine(lines); line !== ""; line = await nextLine(lines)) {
    const [, name, value] = VARIABLE.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Garbage("a line of no environment");
    if (variables.has(name)) throw new Garbage("a variable of the environment was given twice");
    variables.set(name, value);
  }
  const args = [...variables].flatMap(([name, value]) => (/^arg_\d+$/.test(name) ? [value] : []));
  const pairs = args.filter((arg) => arg.includes("=")).map(splitAtEqualsSign);
  const names = pairs.map(([name]) => name);
  return {
    script: variables.get("network_script") ?? "",
    extension: variables.get("extension") ?? "",
    named: Object.fromEntries(pairs),
    repeated: names.find((name, index) => names.indexOf(name) !== index) ?? null,
  };
}

function splitAtEqualsSign(arg: string): [string, string] {
  const at = arg.indexOf("=");
  return [arg.slice(0, at).trim(), arg.slice(at + 1)];
}

/** Maximum characters of a whole conversation. An environment has about thirty short lines, and a reply has one. */
const MAX_CHARACTERS = 16 * 1024;

/** The other side does not speak AGI. */
export class Garbage extends Error {
  override readonly name = "Garbage";
}

/**
 * Yields the lines that the other side sends, and cuts off a sender that exceeds what a
 * conversation needs.
 */
export async function* readLines(socket: Socket): AsyncGenerator<string, undefined> {
  socket.setEncoding("utf8");
  let rest = "";
  let received = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    const text = String(chunk);
    received += text.length;
    if (received > MAX_CHARACTERS)
      throw new Garbage(`more than ${MAX_CHARACTERS} characters were sent`);
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield line.replace(/\r$/, "");
  }
}

export type Lines = AsyncGenerator<string, undefined>;

/** Returns the next line. @throws Garbage when there is none */
export async function nextLine(lines: Lines): Promise<string> {
  const next = await lines.next();
  if (next.done === true) throw new Garbage("the conversation broke off");
  return next.value;
}
