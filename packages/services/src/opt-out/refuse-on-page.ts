import type { Message } from "@ringfence/core/message";
import type { RecordOptOut } from "@ringfence/core/opt-out";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { writeLink } from "../keys/link.ts";
import { optOut } from "./opt-out.ts";

export type RefuseOnPage = Pick<RecordOptOut, "phone" | "scope"> & {
  /** Whoever asks has asked very often: the refusal counts, and nothing is told of it. */
  isTooOften: boolean;
};

/** `receipt` is a link that opens it; null where there is nothing to keep. */
export type RefusedOnPage =
  | { receipt: string | null; fault?: never }
  | { fault: Message; receipt?: never };

/**
 * Anybody refuses calls to a number that they type: in force when this returns (contract 6). Nobody asks
 * who they are, so the receipt is of this refusal alone, and says nothing of an earlier one. Asked very
 * often, a refusal that is in force already is not written again, and a new one still is.
 */
export async function refuseOnPage(
  ctx: ServiceContext,
  { phone, scope, isTooOften }: RefuseOnPage,
): Promise<RefusedOnPage> {
  allow(ctx, "opt-out.record");

  return inTransaction(ctx, async (ctx) => {
    const { keys, organizationId } = ctx;
    if (phone === "") return { fault: { key: "phone.empty" } }; // nobody could find out whose it is
    const said = { phone, scope, channel: "web" } as const;
    const { answer, fault } = await optOut(ctx, said, { isRepeat: isTooOften });
    if (fault) return { fault };
    const { id } = answer;
    return {
      receipt: isTooOften ? null : writeLink(keys, "receipt link", { organizationId, id }),
    };
  });
}
