import { z } from "zod";
import { vicidialNumber } from "../../do-not-call/endpoint/index.ts";
import { readRow } from "../../platform/rows/index.ts";
import type { LoggedCall, ZonedLog } from "./call-log.ts";
import { instantOf, LocalTime } from "./local-time.ts";

/**
 * What a call is told by in the table `vicidial_log`, and in the Export Calls Report, where the number
 * dialed has a column of its own and `uniqueid` is there only in its extended form.
 */
const VicidialCall = z.object({
  call_date: LocalTime,
  phone_number_dialed: z.string().optional(),
  phone_number: z.string().optional(),
  phone_code: z.string().optional(),
  status: z.string().optional(),
  campaign_id: z.string().optional(),
  length_in_sec: z
    .string()
    .regex(/^-?\d+$/)
    .optional(),
  uniqueid: z.string().optional(),
  lead_id: z.string().optional(),
});
type VicidialCall = z.infer<typeof VicidialCall>;

/** Reads a row of VICIdial's log: its status is the code with which the call ended. */
export function readVicidialLog(sent: unknown, log: ZonedLog): LoggedCall {
  const { row: call, fault } = readRow(VicidialCall, sent);
  if (fault) return { fault };
  const number = call.phone_number_dialed || call.phone_number;
  if (!number) {
    return { fault: { path: "/phone_number_dialed", message: { key: "fault.missing" } } };
  }
  const { purpose, seller, region, dialer, zone, campaign } = log;
  return {
    row: {
      externalId: idOf(call),
      phone: vicidialNumber(call.phone_code ?? "", number),
      purpose,
      seller,
      region,
      dialer,
      at: instantOf(call.call_date, zone),
      outcome: call.status,
      // Negative where VICIdial has not counted.
      seconds: call.length_in_sec === undefined ? undefined : secondsOf(call.length_in_sec),
      campaign: call.campaign_id ?? campaign,
    },
  };
}

const secondsOf = (text: string) => Math.max(0, Number(text));

/** A lead is called once at a moment; the table and the reports tell both, and not all of them the id of the call. */
function idOf({ uniqueid, lead_id, call_date }: VicidialCall): string | undefined {
  if (lead_id) return `vicidial ${lead_id} ${call_date}`;
  return uniqueid ? `vicidial ${uniqueid}` : undefined;
}
