import { Garbage, type Lines, nextLine } from "./read-lines.ts";

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
