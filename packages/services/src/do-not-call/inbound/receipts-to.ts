import { localeOfText } from "@ringfence/core/platform/message";
import type { TransactionContext } from "../../platform/context.ts";
import { writeLink } from "../../platform/keys/link.ts";
import type { ReceiptAsked } from "../opt-out/queue-receipt.ts";
import type { RecordedForPhone } from "../opt-out/record.ts";

type Refused = Pick<RecordedForPhone, "id" | "reference">;

/** To whom the receipts of refusals go that came by a mail, in the language in which it was written. */
export const receiptsTo = (
  email: string,
  text: string,
  refusals: readonly Refused[],
): ReceiptAsked => ({
  email,
  optOutIds: refusals.map(({ id }) => id),
  locale: localeOfText(text),
});

/** What a person is told of their refusal: its reference, and the link of its receipt. */
export const receiptOf = (
  { keys, organizationId }: TransactionContext,
  refused: Refused | undefined,
) =>
  refused === undefined
    ? { reference: null, receipt: null }
    : {
        reference: refused.reference,
        receipt: writeLink(keys, "receipt link", { organizationId, id: refused.id }),
      };
