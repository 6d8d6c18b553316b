import { aNumber } from "@ringfence/db/testing";
import { ReceiptMailId } from "@ringfence/core/ids";
import { recordContacts } from "../src/people/contact/record-contacts.ts";
import { recordMail } from "../src/do-not-call/inbound/mail.ts";
import { aLedgerOffice } from "./certificates.ts";

/** Creates a person with a known mailbox and phones, who can mail that they want no calls. */
export async function aWriter({ phones = [aNumber()] } = {}) {
  const office = await aLedgerOffice();
  const { ctx } = office;
  const email = "ada@example.org";
  await recordContacts(ctx, { rows: [{ externalId: "a", email, phones }] });
  const inbound = { ...ctx, actor: { type: "job", name: "inbound" } as const };
  const mail = {
    provider: "mailgun",
    externalId: null,
    from: email,
    isAutomatic: false,
    signed: null,
  };
  const write = (text = "Please stop calling me.", more: Partial<typeof mail> = {}) =>
    recordMail(inbound, { ...mail, subject: "Calls", text, ...more });
  const waiting = async () => {
    const rows = await ctx.db.prisma.receiptMail.findMany({
      where: { organizationId: ctx.organizationId },
      orderBy: { id: "asc" },
    });
    return rows.map(({ id, ...row }) => ({ ...row, id: ReceiptMailId.parse(id) }));
  };
  const job = { ...ctx, actor: { type: "job", name: "receipt.send" } as const };
  return { ...office, email, phones, write, waiting, job };
}
