import { WithdrawConsent } from "@ringfence/core/consents/consent";
import { expect, it } from "vitest";
import { aConfirmation } from "../../../testing/confirmations.ts";
import { aDisclosure, aDraft, aForm } from "../../../testing/forms.ts";
import { aConsent, aContext } from "../../../testing/scenes.ts";
import { confirmConsents } from "../confirmation/answer.ts";
import { openConfirmation } from "../confirmation/public-page.ts";
import { findNumber } from "../../desk/number/read-number.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { FindNumber } from "@ringfence/core/desk/number";
import { readConsent } from "./detail.ts";
import type { OptOutWithConsentsView } from "./consent-after-opt-out.ts";
import { recordConsent } from "./record.ts";
import { withdrawConsent } from "./withdraw.ts";

const by = { ip: "192.0.2.1", userAgent: "Firefox" };

/** Returns the consent by which the person lifted an opt-out. */
function confirmed(again: OptOutWithConsentsView | undefined) {
  const grant = again?.grants.find(({ effect }) => effect === "lifts");
  if (grant === undefined) throw new Error("nothing lifts it");
  return grant.consentId;
}

it("shows officers which act lifted an opt-out, and which did not", async () => {
  const ctx = await aContext();
  const { phone, link, ...made } = await aConfirmation({ means: "sms", isAsked: true }, { ctx });
  await recordOptOut(ctx, { phone, channel: "sms" });
  const seen = async () => (await findNumber(ctx, FindNumber.parse({ phone }))).agreedAgain;
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
  // Another consent lifted it, which is no merit of the imported one.
  expect((await readConsent(ctx, id)).earlierOptOuts).toMatchObject([
    { reference: again?.reference, isLifted: false, grants: [{ effect: "imported" }] },
  ]);
  expect((await readConsent(ctx, confirmed(again))).earlierOptOuts).toMatchObject([
    { isLifted: true },
  ]);
});

it("says that a consent lifts an opt-out only if it does so for each purpose", async () => {
  const ctx = await aContext();
  const confirmation = { means: "sms", isAsked: true } as const;
  const words = await aDisclosure(ctx, aDraft({}, { purposes: ["marketing", "survey"] }));
  const { address } = await aForm(ctx, { confirmation, disclosures: [words] });
  const { phone, link, ...made } = await aConfirmation(confirmation, { ctx, address });
  await recordOptOut(ctx, { phone, channel: "sms" });
  const person = await openConfirmation(made.ctx, link);
  const { confirmationId } = person;
  await confirmConsents(person.ctx, { confirmationId, act: "link opened", ...by });
  const id = confirmed((await findNumber(ctx, FindNumber.parse({ phone }))).agreedAgain[0]);
  const seen = async () => (await readConsent(ctx, id)).earlierOptOuts;
  expect(await seen()).toMatchObject([{ isLifted: true, grants: [{ effect: "lifts" }] }]);

  await withdrawConsent(ctx, WithdrawConsent.parse({ consent: id, purposes: ["survey"] }));
  expect(await seen()).toMatchObject([{ isLifted: false, grants: [{ effect: "ended" }] }]);
});

it("shows nothing of another organization", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const phone = aConsent().phone;
  await recordOptOut(theirs, { phone, channel: "sms" });
  await recordConsent(theirs, aConsent({ phone, obtainedAt: new Date() }));
  await recordConsent(mine, aConsent({ phone, obtainedAt: new Date() }));
  expect((await findNumber(mine, FindNumber.parse({ phone }))).agreedAgain).toEqual([]);
});
