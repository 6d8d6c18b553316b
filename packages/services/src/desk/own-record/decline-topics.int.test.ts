import { PurposeKey } from "@ringfence/core/account/purpose";
import { expect, it } from "vitest";
import { aDisclosure, aForm } from "../../../testing/forms.ts";
import { aCode } from "../../../testing/person-codes.ts";
import { aConsent, as, db } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { declineTopics } from "./decline-topics.ts";
import { readOwnRecord } from "./read-own-record.ts";

const topics = (...keys: string[]) => ({ topics: keys.map((key) => PurposeKey.parse(key)) });

async function scene() {
  const made = await aCode();
  const { office, phone, phoneId } = made;
  const person = { ...office, actor: { type: "person", phoneId } as const };
  const reasons = async (purpose: string) =>
    (await screenCall(office, { phone, purpose })).refusals.map(({ reason }) => reason);
  return { ...made, person, reasons };
}

it("stops calls about the chosen topics and no others, and writes who said so", async () => {
  const { office, person, phoneId, reasons } = await scene();

  const { optOuts } = await declineTopics(person, topics("marketing.loans", "survey"));

  expect(await reasons("marketing.loans")).toContain("opted-out");
  expect(await reasons("survey")).toContain("opted-out");
  expect(await reasons("marketing")).not.toContain("opted-out");
  const { refusals } = await readOwnRecord(person, {});
  expect(refusals.map(({ scope, name }) => [scope, name])).toEqual([
    ["purpose", "survey"],
    ["purpose", "marketing.loans"],
  ]);
  expect(new Set(refusals.map(({ id }) => id))).toEqual(new Set(optOuts));
  const where = { organizationId: office.organizationId, action: "opt-out.record", phoneId };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { actor: { type: "person" } },
    { actor: { type: "person" } },
  ]);
});

it("covers what lies below a topic, and is on record once however often it is sent", async () => {
  const { person, reasons } = await scene();
  const sent = await Promise.all([1, 2, 3].map(() => declineTopics(person, topics("marketing"))));
  expect(new Set(sent.flatMap(({ optOuts }) => optOuts)).size).toBe(1);
  expect(await reasons("marketing.loans")).toContain("opted-out");
});

it("is not lifted by a consent that an agent writes down", async () => {
  const { office, person, phone, reasons } = await scene();
  await declineTopics(person, topics("marketing"));
  await recordConsent(as(office, "agent"), aConsent({ phone, obtainedAt: new Date() }));
  expect(await reasons("marketing")).toContain("opted-out");
});

it("is for the person of the phone alone", async () => {
  const { office } = await scene();
  await expect(declineTopics(as(office, "officer"), topics("marketing"))).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("offers the open forms of web pages, whether or not they ask back, and none of the phone", async () => {
  const { office, person } = await scene();
  const disclosures = [await aDisclosure(office)];
  const asksBack = { means: "sms", isAsked: true } as const;
  const first = await aForm(office, { disclosures, confirmation: asksBack });
  const second = await aForm(office, { disclosures });
  await aForm(office, { disclosures, kind: "phone" });

  const { forms } = await readOwnRecord(person, {});

  const texts = [{ title: "Offers by phone", seller: "Acme", purposes: ["marketing"] }];
  expect(forms).toHaveLength(2);
  expect(forms).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ address: first.address }),
      expect.objectContaining({ address: second.address }),
    ]),
  );
  expect(forms[0]?.texts).toMatchObject(texts);
});
