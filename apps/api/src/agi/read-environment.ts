import { Garbage, type Lines, nextLine } from "./lines-of.ts";

/** What Asterisk says first: of the channel, and the arguments of `AGI(agi://host/screen,…)`. */
export type Environment = {
  /** `screen`: the path of the address. */
  script: string;
  /** The number that was dialed in the dialplan. */
  extension: string;
  /** Those of the form `name=value`. */
  named: Readonly<Record<string, string>>;
};

const VARIABLE = /^agi_(\w+): ?(.*)$/;

/** Reads lines `agi_name: value` up to the empty one that ends them. */
export async function readEnvironment(lines: Lines): Promise<Environment> {
  const variables = new Map<string, string>();
  for (let line = await nextLine(lines); line !== ""; line = await nextLine(lines)) {
    const [, name, value] = VARIABLE.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Garbage("a line of no environment");
    variables.set(name, value);
  }
  const args = [...variables].flatMap(([name, value]) => (/^arg_\d+$/.test(name) ? [value] : []));
  return {
    script: variables.get("network_script") ?? "",
    extension: variables.get("extension") ?? "",
    named: Object.fromEntries(args.filter((arg) => arg.includes("=")).map(splitAtEqualsSign)),
  };
}

function splitAtEqualsSign(arg: string): [string, string] {
  const at = arg.indexOf("=");
  return [arg.slice(0, at).trim(), arg.slice(at + 1)];
}
