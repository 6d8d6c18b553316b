import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * Reads the dialplan that we ship: the arguments that it passes to the gate and the number that it
 * dials, both expanded as Asterisk does.
 */
export function readDialplan(variables: Readonly<Record<string, string>>) {
  const file = path.resolve(import.meta.dirname, "../../../deploy/asterisk/extensions.conf");
  const dialplan = readFileSync(file, "utf8");
  const values: Record<string, string> = { ...variables };
  const filled = (text: string) =>
    text
      .replaceAll(/\$\{FILTER\(0-9\+,\$\{(\w+)\}\)\}/g, (_, name: string) =>
        (values[name] ?? "").replaceAll(/[^0-9+]/g, ""),
      )
      .replaceAll(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  for (const [, name = "", value = ""] of dialplan.matchAll(/Set\((\w+)=(.*)\)/g)) {
    if (/FILTER/.test(value)) values[name] = filled(value);
  }
  const [, args = ""] = /AGI\(\$\{RINGFENCE_GATE\},(.*)\)/.exec(dialplan) ?? [];
  const [, dialed = ""] = /Dial\(PJSIP\/(.*)@/.exec(dialplan) ?? [];
  return { args: filled(args).split(","), dialed: filled(dialed) };
}
