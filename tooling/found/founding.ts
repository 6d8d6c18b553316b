import { CreateOrganization } from "@ringfence/core/account/organization";
import { toFaults, type Locale, say } from "@ringfence/core/platform/message";
import { Sector } from "@ringfence/core/account/seller";

/** Questions of the command: the flag, the field it fills, and the wording for a person. */
export const questions = {
  name: { at: "/name", asks: "Name of the organization" },
  region: { at: "/homeRegion", asks: "Country of numbers without a code (ISO 3166-1, such as US)" },
  zone: { at: "/zone", asks: "Time zone (IANA, such as America/Chicago)" },
  locale: { at: "/locale", asks: "Language (en or ru)" },
  seller: {
    at: "/seller/name",
    asks: "First seller: the company or brand that calls are made for",
  },
  sector: { at: "/seller/sector", asks: `What it sells (${Sector.options.join(", ")})` },
  owner: { at: "/owner/name", asks: "Name of the owner" },
  email: { at: "/owner/email", asks: "E-mail of the owner" },
} as const;

export type Flag = keyof typeof questions;
export type Given = Partial<Record<Flag, string>>;

const isFlag = (name: string): name is Flag => Object.hasOwn(questions, name);
export const flags = Object.keys(questions).filter(isFlag);

export type ParsedFounding =
  | { founding: CreateOrganization }
  /** One sentence for each flag that is invalid or missing. */
  | { faults: { flag: Flag; sentence: string }[] };

/** Turns the given answers into the input for an organization. */
export function parseFounding(given: Given, locale: Locale): ParsedFounding {
  const input = {
    name: given.name,
    homeRegion: given.region,
    zone: given.zone,
    locale: given.locale,
    seller: { name: given.seller, sector: given.sector },
    owner: { name: given.owner, email: given.email },
  };
  const { success, data, error } = CreateOrganization.safeParse(input);
  if (success) return { founding: data };

  const faults = toFaults(error, input).map(({ path, message }) => {
    const flag = flags.find((name) => questions[name].at === path);
    if (flag === undefined) throw new Error(`no flag for ${path}`);
    return { flag, sentence: say(locale, message) };
  });
  return { faults };
}
