import type { Message } from "../message/message.ts";
import { type SettingName, type Settings, settings } from "./settings.ts";
import { shownSetting } from "./shown-setting.ts";

export type ReadSettings<Name extends SettingName> =
  | { ok: true; settings: Settings<Name> }
  /** One for each setting that is wrong or missing. */
  | { ok: false; faults: Message[] };

/** Those settings of an environment that an app uses. An empty variable is one that is not set. */
export function readSettings<Name extends SettingName>(
  names: readonly Name[],
  environment: Readonly<Record<string, string | undefined>>,
): ReadSettings<Name> {
  const read: Partial<Settings<Name>> = {};
  const faults: Message[] = [];
  for (const name of names) {
    const given = environment[name] === "" ? undefined : environment[name];
    const { success, data } = settings[name].safeParse(given);
    if (success) Object.assign(read, { [name]: data });
    else faults.push({ key: `setting.${name}`, values: shownSetting(name, given) });
  }
  if (lacksProxy(read, names, environment))
    faults.push({ key: "setting.proxy-required", values: {} });
  return isWhole(read, names) && faults.length === 0
    ? { ok: true, settings: read }
    : { ok: false, faults };
}

const isWhole = <Name extends SettingName>(
  read: Partial<Settings<Name>>,
  names: readonly Name[],
): read is Settings<Name> => names.every((name) => name in read);

/**
 * Who serves https has a proxy in front, or none: only the operator knows. A guess would either count all
 * visitors as one, or let a caller choose their own address.
 */
const lacksProxy = (
  { PUBLIC_URL }: Partial<Settings>,
  names: readonly SettingName[],
  { TRUST_PROXY }: Readonly<Record<string, string | undefined>>,
) => names.includes("TRUST_PROXY") && PUBLIC_URL?.startsWith("https:") && !TRUST_PROXY;
