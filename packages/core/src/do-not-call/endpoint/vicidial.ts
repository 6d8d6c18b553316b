import { readPhone } from "../../people/phone/index.ts";
import type { VicidialSettings } from "./dialer.ts";

type Asked = Readonly<Record<string, string>>;

/** A number as VICIdial has it: without the country code of its leads; others whole. */
const numberOf = (phone: string, { phoneCode }: VicidialSettings) =>
  phone.startsWith(`+${phoneCode}`) ? phone.slice(phoneCode.length + 1) : phone.slice(1);

const signIn = ({ user, pass }: VicidialSettings) => ({ source: "ringfence", user, pass });

/** The status of leads that we stopped: what an agent enters is another, so that it can be told apart. */
const OUR_STATUS = "RFDNC";

/** What stops a number there: on the list of all campaigns, out of the hopper, and marked. */
export function vicidialRefusal(phone: string, settings: VicidialSettings): readonly Asked[] {
  const phone_number = numberOf(phone, settings);
  const who = { ...signIn(settings), phone_number };
  return [
    { ...who, function: "add_dnc_phone", campaign_id: "SYSTEM_INTERNAL" },
    {
      ...who,
      function: "update_lead",
      search_method: "PHONE_NUMBER",
      search_location: "SYSTEM",
      records: "1000",
      status: OUR_STATUS,
      remove_from_hopper: "Y",
    },
  ];
}

/** Why VICIdial did not do it, in its words without values; null where it did, or had done before. */
export function vicidialFault(answer: string): string | null {
  const lines = answer.split("\n").filter((line) => line.trim() !== "");
  const isDone = lines.some((line) =>
    /^SUCCESS:|DNC NUMBER ALREADY EXISTS|NO MATCHES FOUND/.test(line),
  );
  if (isDone) return null;
  const words = /^(?:ERROR|NOTICE): ([\w ,]+?) -/.exec(lines[0] ?? "")?.[1];
  return words?.slice(0, 100) ?? "not understood";
}

/** DNC: an agent or its list says so; DNCL and DNCC: met on its own list, or on a campaign's. */
const refusingStatuses = ["DNC", "DNCL", "DNCC"];

/** What asks for the refusals that VICIdial has met on some days (`2026-03-01`). */
export const vicidialSearches = (
  days: readonly string[],
  settings: VicidialSettings,
): readonly Asked[] =>
  days.flatMap((date) =>
    refusingStatuses.map((status) => ({
      ...signIn(settings),
      function: "lead_status_search",
      status,
      date,
    })),
  );

/**
 * The numbers of the leads in an answer, in international form; as VICIdial has them where they are not
 * to be understood. Null where the answer was not.
 */
export function vicidialLeads(answer: string): string[] | null {
  if (/NO RESULTS FOUND/.test(answer)) return [];
  const records = answer.split(/^;-+ START OF RECORD \d+ -+:?\s*$/m).slice(1);
  if (records.length === 0) return null;
  return records.flatMap((record) => {
    const field = (name: string) =>
      new RegExp(`^${name} => (.*)$`, "m").exec(record)?.[1]?.trim() ?? "";
    const [code, number] = [field("phone_code"), field("phone_number")];
    if (number === "") return [];
    return [code === "" ? wholeNumber(number) : vicidialNumber(code, number)];
  });
}

/** Of a lead without its code, what is longer than a national number of +1: it may hold the code itself. */
const wholeNumber = (number: string) =>
  /^\d{11,}$/.test(number) && isPhone(`+${number}`) ? `+${number}` : number;

/**
 * A number of a lead in international form; as VICIdial has it where it is not to be understood. Some
 * already hold the code of their country.
 */
export const vicidialNumber = (code: string, number: string): string =>
  code === "" ? number : ([`+${code}${number}`, `+${number}`].find(isPhone) ?? `${code} ${number}`);

const isPhone = (written: string) => "phone" in readPhone(written, "");
