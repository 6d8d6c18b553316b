import { type ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { recordConsent } from "../src/consents/consent/record.ts";
import { commitScreenings } from "../src/proof/ledger/commit-screenings.ts";
import { screenCall } from "../src/calling/screening/screen-call.ts";
import { aLedgerOffice } from "./certificates.ts";
import { recorded } from "./opt-outs.ts";
import { callForSeller, planForSeller } from "./plans-of-sellers.ts";
import { aConsent } from "./scenes.ts";
import { aScrubbingOrganization } from "./scrubs.ts";

/** Records something of each kind for two sellers, and returns a marketer limited to the second. */
export async function recordForTwoSellers() {
  const office = await aLedgerOffice();
  const { organizationId } = office.ctx;
  const createSeller = async (key: string) =>
    SellerId.parse(await aSeller(office.ctx.db, organizationId, key));
  const shop = await createSeller("shop");
  const bank = await createSeller("bank");
  const findEntry = async (consentId: ConsentId) => {
    const { db } = office.ctx;
    const { id } = await db.prisma.consentEvent.findFirstOrThrow({
      where: { organizationId, consentId },
    });
    const { rows } = await db.pool.query<{ id: string }>(
      "SELECT entry_id AS id FROM vault.statement WHERE organization_id = $1 AND about = $2",
      [organizationId, id],
    );
    return rows[0]?.id ?? "";
  };
  const scrubbing = await aScrubbingOrganization(office.ctx);
  const findPhoneId = async (e164: string) => {
    const { db } = office.ctx;
    const { id } = await db.prisma.phone.findFirstOrThrow({ where: { organizationId, e164 } });
    return PhoneId.parse(id);
  };
  const recordAll = async (seller: string, sellerId: SellerId) => {
    const phones = { consent: aNumber(), optOut: aNumber() };
    const consent = await recordConsent(office.ctx, aConsent({ seller, phone: phones.consent }));
    const optOut = await recorded(office.ctx, {
      phone: phones.optOut,
      channel: "agent",
      scope: { seller },
    });
    const screening = await screenCall(office.ctx, {
      phone: aNumber(),
      purpose: "marketing",
      seller,
    });
    const scrubId = await scrubbing.start("phone\n+12015550100\n", { seller });
    await scrubbing.run(scrubId);
    const entryId = await findEntry(consent.id);
    return {
      seller,
      sellerId,
      phones,
      phoneIds: {
        consent: await findPhoneId(phones.consent),
        optOut: await findPhoneId(phones.optOut),
      },
      consent: { ...consent, entryId },
      optOut,
      screening,
      scrubId,
      ...(await callForSeller(office.ctx, { seller })),
      ...(await planForSeller(office.ctx, { seller, sellerId })),
    };
  };
  const rows = { shop: await recordAll("shop", shop), bank: await recordAll("bank", bank) };
  await commitScreenings(office.ctx);
  await office.publish();
  const actor = { type: "member", id: "m", role: "marketer", sellerIds: [bank] } as const;
  return { ...rows, marketer: { ...scrubbing.ctx, actor }, all: scrubbing.ctx };
}
