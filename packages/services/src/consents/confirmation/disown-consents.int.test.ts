import { expect, it } from "vitest";
import { aConfirmation, by } from "../../../testing/confirmations.ts";
import { inTransaction } from "../../platform/context.ts";
import { confirmConsents } from "./confirm-consents.ts";
import { disownConsents } from "./disown-consents.ts";
import { openConfirmation } from "./open-confirmation.ts";
import { seeConfirmation } from "./see-confirmation.ts";

const told = { means: "sms", isAsked: false } as const;

it("makes a consent void that the person did not give, once", async () => {
  const { ctx, link, events, messages } = await aConfirmation(told);
  expect(messages[0]?.text).toContain("Was it not you?");
  const { ctx: person, confirmationId } = await openConfirmation(ctx, link);
  expect((await seeConfirmation(person, confirmationId)).state).toBe("told");
  const disown = () => disownConsents(person, { confirmationId, ...by });
  await Promise.all([disown(), disown()]);

  expect((await events()).map(({ type }) => type)).toEqual(["granted", "invalidated"]);
  expect((await seeConfirmation(person, confirmationId)).state).toBe("disowned");
});

it("makes void what was confirmed after it began, and came first", async () => {
  const { ctx, link, events } = await aConfirmation({ means: "sms", isAsked: true });
  const { ctx: person, confirmationId } = await openConfirmation(ctx, link);
  await inTransaction(person, async (began) => {
    await confirmConsents(person, { confirmationId, act: "link opened", ...by });
    const earlier = { ...began, now: new Date(began.now.getTime() - 1) };
    await disownConsents(earlier, { confirmationId, ...by });
  });
  const [, granted, invalidated] = await events();
  expect(invalidated?.type).toBe("invalidated");
  expect(invalidated?.at.getTime()).toBeGreaterThanOrEqual(granted?.at.getTime() ?? Infinity);
});

it("is for the person alone, and for nothing of another organization", async () => {
  const [one, other] = [await aConfirmation(told), await aConfirmation(told)];
  const { ctx: stranger } = await openConfirmation(other.ctx, other.link);
  const { confirmationId } = one;
  await expect(disownConsents(one.ctx, { confirmationId, ...by })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(disownConsents(stranger, { confirmationId, ...by })).rejects.toMatchObject({
    code: "not-found",
  });
});
