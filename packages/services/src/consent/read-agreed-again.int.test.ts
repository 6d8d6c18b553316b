import { expect, it } from "vitest";
import { aConfirmation } from "../../testing/confirmations.ts";
import { aConsent, aContext } from "../../testing/scenes.ts";
import { confirmConsents } from "../confirmation/confirm-consents.ts";
import { openConfirmation } from "../confirmation/open-confirmation.ts";
import { optOut } from "../opt-out/opt-out.ts";
import { findNumber } from "../phone/find-number.ts";
import { FindNumber } from "@ringfence/core/screening";
import { readConsent } from "./read-consent.ts";
import { recordConsent } from "./record-consent.ts";

const by = { ip: "192.0.2.1", userAgent: "Firefox" };

it("shows the officer the act by which a refusal was lifted, and by what it was not", async () => {
  const ctx = await aContext();
  const { phone, link, ...made } = await aConfirmation({ means: "sms", isAsked: true }, { ctx });
  await optOut(ctx, { phone, channel: "sms" });
  const seen = async () => (await findNumber(ctx, FindNumber.parse({ phone }))).again;
  expect(await seen()).toEqual([]);

  const given = { phone, obtainedAt: new Date(), source: "import" } as const;
  const { id } = await recordConsent(ctx, aConsent(given));
  expect(await seen()).toMatchObject([
    { scope: "all", isLifted: false, grants: [{ effect: "imported", consentId: id }] },
  ]);

  const person = await openConfirmation(made.ctx, link);
  const { confirmationId } = person;
  await confirmConsents(person.ctx, { confirmationId, act: "link opened", ...by });
  const [again] = await seen();
  expect(again).toMatchObject({
    isLifted: true,
    grants: [
      { effect: "lifts", act: "link opened", by: { type: "person" } },
      { effect: "imported" },
    ],
  });
  expect((await readConsent(ctx, id)).again).toMatchObject([
    { reference: again?.reference, grants: [{ effect: "imported" }] },
  ]);
});

it("shows nothing that another organization knows", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const phone = aConsent().phone;
  await optOut(theirs, { phone, channel: "sms" });
  await recordConsent(theirs, aConsent({ phone, obtainedAt: new Date() }));
  await recordConsent(mine, aConsent({ phone, obtainedAt: new Date() }));
  expect((await findNumber(mine, FindNumber.parse({ phone }))).again).toEqual([]);
});
