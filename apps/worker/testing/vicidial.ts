import { text } from "node:stream/consumers";
import { serve } from "./serve.ts";

type Lead = {
  phone_code: string;
  phone_number: string;
  status: string;
  called_count?: string;
  last_local_call_time?: string;
};

/** VICIdial's non-agent API as docs/NON-AGENT_API.txt describes it, until the test ends. */
export async function aVicidial() {
  const dnc = new Set<string>();
  const leads: Lead[] = [];
  /** Makes answers longer. */
  const padding = { bytes: 0 };
  const called: { date: string; lead: Lead }[] = [];
  const { host } = await serve((request, response) => {
    void text(request).then((body) => {
      const asked = Object.fromEntries(new URLSearchParams(body));
      return response.end(answer(asked) + " ".repeat(padding.bytes));
    });
  });

  const functions: Record<string, (asked: Record<string, string>) => string> = {
    add_dnc_phone({ phone_number = "", campaign_id }) {
      const isKnown = dnc.has(phone_number);
      dnc.add(phone_number);
      return isKnown
        ? `ERROR: add_dnc_phone DNC NUMBER ALREADY EXISTS - 6666|${phone_number}`
        : `SUCCESS: add_dnc_phone DNC NUMBER HAS BEEN ADDED - 6666|${phone_number}|${campaign_id}`;
    },
    update_lead({ phone_number, search_method, status = "" }) {
      const found = leads.filter((lead) => lead.phone_number === phone_number);
      if (search_method !== "PHONE_NUMBER" || found.length === 0)
        return `ERROR: update_lead NO MATCHES FOUND IN THE SYSTEM - 6666|||${phone_number}`;
      for (const lead of found) lead.status = status;
      return `SUCCESS: update_lead LEAD HAS BEEN UPDATED - 6666|1`;
    },
    lead_status_search({ status, date }) {
      const found = called.filter((call) => call.date === date && call.lead.status === status);
      if (found.length === 0) return "ERROR: lead_status_search NO RESULTS FOUND - 6666|||";
      return found
        .map(({ lead }, index) =>
          [
            `;---------- START OF RECORD ${index + 1} ----------`,
            ...Object.entries({ lead_id: String(index), ...lead }).map(([k, v]) => `${k} => ${v}`),
          ].join("\n"),
        )
        .join("\n");
    },
  };
  const answer = (asked: Record<string, string>) => {
    const call = functions[asked.function ?? ""];
    if (asked.user !== "6666" || asked.pass !== "hunter22" || call === undefined)
      return `ERROR: auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION - ${asked.user}|${asked.function}`;
    return `${call(asked)}\n`;
  };
  const url = `http://${host}/vicidial/non_agent_api.php`;
  const settings = { url, user: "6666", pass: "hunter22", phoneCode: "1" };
  return { host, settings, dnc, leads, called, padding };
}
