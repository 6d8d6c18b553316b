import { readPhone } from "../../people/phone/index.ts";
import type { VicidialSettings } from "./dialer.ts";

/** Parameters of a request to VICIdial's non-agent API. */
type VicidialRequest = Readonly<Record<string, string>>;

/** Converts a number to VICIdial's form: without the country code of its leads; other numbers in full. */
const toDialerNumber = (phone: string, { phoneCode }: VicidialSettings) =>
  phone.startsWith(`+${phoneCode}`) ? phone.slice(phoneCode.length + 1) : phone.slice(1);

const signIn = ({ user, pass }: VicidialSettings) => ({ source: "ringfence", user, pass });

/** Status of leads that we blocked. It differs from the statuses that agents enter. */
const OUR_STATUS = "RFDNC";

/** Creates the requests that block a number: add it to the system's list, mark its leads and unqueue them. */
export function createBlockRequests(
  phone: string,
  settings: VicidialSettings,
): readonly VicidialRequest[] {
  const phone_number = toDialerNumber(phone, settings);
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

/**
 * Finds VICIdial's error in an answer to a block request, in its words without values. Null if the request
 * succeeded, had been done before, or found no leads to mark.
 */
export function findVicidialFault(answer: string): string | null {
  const lines = answer.split("\n").filter((line) => line.trim() !== "");
  const isDone = lines.some((line) =>
    /^SUCCESS:|DNC NUMBER ALREADY EXISTS|NO MATCHES FOUND/.test(line),
  );
  if (isDone) return null;
  const words = /^(?:ERROR|NOTICE): ([\w ,]+?) -/.exec(lines[0] ?? "")?.[1];
  return words?.slice(0, 100) ?? "not understood";
}

/**
 * Statuses of opt-outs. DNC: set by an agent; DNCL and DNCC: found on VICIdial's own or a campaign's list, where we may
 * have put the number ourselves, which is why `pullVicidial` treats them differently.
 */
const refusingStatuses = ["DNC", "DNCL", "DNCC"];

/** Creates the requests for opt-outs that VICIdial recorded on some days (`2026-03-01`). */
export const createOptOutSearches = (
  days: readonly string[],
  settings: VicidialSettings,
): readonly VicidialRequest[] =>
  days.flatMap((date) =>
    refusingStatuses.map((status) => ({
      ...signIn(settings),
      function: "lead_status_search",
      status,
      date,
    })),
  );

/**
 * A lead in VICIdial's answer. `phone` is in international form; if it cannot be read, it stays as VICIdial has it,
 * behind its country code if it has one.
 */
type Lead = {
  phone: string;
  /** Names the lead's last call, so that the same refusal is known when it is listed again. Null if VICIdial does not. */
  call: string | null;
};

/** Reads the leads in an answer. Null if the answer cannot be read. */
export function readLeads(answer: string): Lead[] | null {
  if (/NO RESULTS FOUND/.test(answer)) return [];
  const records = answer.split(/^;-+ START OF RECORD \d+ -+:?\s*$/m).slice(1);
  if (records.length === 0) return null;
  return records.flatMap((record) => {
    const field = (name: string) =>
      new RegExp(`^${name} => (.*)$`, "m").exec(record)?.[1]?.trim() ?? "";
    const [code, number] = [field("phone_code"), field("phone_number")];
    if (number === "") return [];
    const phone = code === "" ? readWholeNumber(number) : toInternationalNumber(code, number);
    const calledAt = field("last_local_call_time");
    const isCallNamed = field("lead_id") !== "" && /^[1-9]\d{3}-/.test(calledAt);
    const call = [field("lead_id"), field("called_count"), calledAt].join(" ");
    return [{ phone, call: isCallNamed ? call : null }];
  });
}

/** Reads a lead's number without a separate country code. More than ten digits may begin with the code. */
const readWholeNumber = (number: string) =>
  /^\d{11,}$/.test(number) && isPhone(`+${number}`) ? `+${number}` : number;

/**
 * Converts a lead's number to international form. Some already include their country code. One without a code
 * stays as it is, and one that cannot be read is returned behind its code: `1 99`.
 */
export const toInternationalNumber = (code: string, number: string): string =>
  code === "" ? number : ([`+${code}${number}`, `+${number}`].find(isPhone) ?? `${code} ${number}`);

const isPhone = (written: string) => "phone" in readPhone(written, "");
