import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { Message } from "@ringfence/core/platform/message";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { findFlow, isBusy, noteRefusal, type Visitor } from "../burst/note-refusal.ts";
import { writeLink } from "../../platform/keys/link.ts";
import { optOut } from "./opt-out.ts";

export type RefuseOnPage = Pick<RecordOptOut, "phone" | "scope"> & { visitor: Visitor };

/** `receipt` is a link that opens it; null where there is nothing to keep. */
export type RefusedOnPage =
  | { receipt: string | null; fault?: never }
  | { fault: Message; receipt?: never };

/**
 * Records an opt-out for a number that a visitor types; it is in force when this returns (contract 6). Nobody
 * checks who they are, so the receipt covers this opt-out alone and reveals no earlier one. If an address
 * sends very many requests, it gets no receipts, and an opt-out already in force is not recorded again; a new
 * one still is.
 */
export const refuseOnPage = command({
  name: "refuseOnPage",
  action: "opt-out.record",
  input: z.custom<RefuseOnPage>(),
  run: async (ctx, { phone, scope, visitor }): Promise<RefusedOnPage> => {
    const { keys, organizationId } = ctx;
    if (phone === "") return { fault: { key: "phone.empty" } }; // nobody could find out whose it is
    const flow = await findFlow(ctx, visitor);
    const isClick = await isBusy(ctx, flow);
    const said = { phone, scope, channel: "web" } as const;
    const { answer, fault } = await optOut(ctx, said, { isClick, isAnonymous: true });
    const { id, isNew } = answer ?? { id: null, isNew: true };
    await noteRefusal(ctx, flow, { optOutId: id, isNew });
    if (fault) return { fault };
    const link = { organizationId, id: answer.id };
    return { receipt: isClick ? null : writeLink(keys, "receipt link", link) };
  },
  audit: "by run",
});
