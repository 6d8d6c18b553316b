import { ContactId, PhoneId, type SellerId } from "@ringfence/core/ids";
import { PurposeKey } from "@ringfence/core/account/purpose";
import type { Rule } from "@ringfence/core/audience/segment";
import { aNumber } from "@ringfence/db/testing";
import { recordConsent } from "../src/consents/consent/record.ts";
import { recordContacts } from "../src/people/contact/record-contacts.ts";
import { saveCampaign } from "../src/audience/campaign/save.ts";
import type { RootContext } from "../src/platform/context.ts";
import { saveOffer } from "../src/audience/offer/save.ts";
import { refreshSegment } from "../src/audience/segment/refresh.ts";
import { saveSegment } from "../src/audience/segment/save.ts";
import { screenSegment } from "../src/audience/segment/waterfall.ts";
import { aPlan } from "./campaign-plan.ts";
import { aDisclosure, aDraft, aForm } from "./forms.ts";
import { anOffer } from "./offers.ts";
import { aConsent } from "./scenes.ts";
import { asRefresher } from "./segment-scene.ts";
import { called, scan } from "./violations.ts";
import { asScreener } from "./waterfall-scene.ts";

type Seller = { seller: string; sellerId: SellerId };

/** Makes a form of a seller's words, a segment of who agreed to its calls, and a campaign of both. */
export async function planForSeller(ctx: RootContext, { seller, sellerId }: Seller) {
  const words = `Calls of ${seller} are fine with me. I can say no on any call.`;
  const disclosure = await aDisclosure(
    ctx,
    aDraft({ text: words }, { seller, title: `Words of ${seller}` }),
  );
  const form = await aForm(ctx, { disclosures: [disclosure] });
  const rule: Rule = {
    is: "consent",
    seller: sellerId,
    purpose: PurposeKey.parse("marketing"),
    channel: "voice_live",
    standing: "granted",
  };
  const segmentName = `People who said yes to ${seller}`;
  const { id: segmentId } = await saveSegment(ctx, { name: segmentName, rule });
  await refreshSegment(asRefresher(ctx), segmentId);
  await screenSegment(asScreener(ctx), { segmentId });
  const offer = anOffer({ purpose: PurposeKey.parse("marketing") });
  const { id: offerId } = await saveOffer(ctx, offer);
  const campaignName = `Spring of ${seller}`;
  const plan = aPlan({ segmentId, offerId }, { seller, key: `of-${seller}`, name: campaignName });
  const { id: campaignId } = await saveCampaign(ctx, plan);
  return {
    words,
    disclosureId: disclosure.id,
    formId: form.id,
    rule,
    segmentName,
    segmentId,
    offerId,
    campaignName,
    plan,
    campaignId,
  };
}

/**
 * Records a person who agreed to calls of a seller, and an unpermitted call of that seller to another
 * person.
 */
export async function callForSeller(ctx: RootContext, { seller }: Pick<Seller, "seller">) {
  const { db, organizationId } = ctx;
  const contactPhone = aNumber();
  const externalId = `agreed-to-${seller}`;
  await recordContacts(ctx, { rows: [{ externalId, phones: [contactPhone] }] });
  await recordConsent(ctx, aConsent({ seller, phone: contactPhone }));
  const contact = await db.prisma.contact.findFirstOrThrow({
    where: { organizationId, externalId },
  });
  const calledPhone = aNumber();
  await called(ctx, calledPhone, { seller });
  const violations = await scan(ctx);
  const { id: phoneId } = await db.prisma.phone.findFirstOrThrow({
    where: { organizationId, e164: calledPhone },
  });
  const call = await db.prisma.call.findFirstOrThrow({ where: { organizationId, phoneId } });
  const violation = violations.find((one) => one.call?.phone === calledPhone);
  return {
    contactId: ContactId.parse(contact.id),
    callId: call.id,
    calledPhone,
    calledPhoneId: PhoneId.parse(phoneId),
    violationId: violation?.id ?? "",
  };
}
