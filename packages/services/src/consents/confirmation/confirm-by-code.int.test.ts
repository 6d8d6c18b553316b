import { expect, it } from "vitest";
import { aConfirmation, by } from "../../../testing/confirmations.ts";
import { confirmByCode } from "./confirm-by-code.ts";

const asked = { means: "sms", isAsked: true } as const;

it("takes the code of the message, in whatever way it is typed", async () => {
  const { form, confirmationId, code, events, messages, phone } = await aConfirmation(asked);
  expect(messages).toMatchObject([{ to: phone }]);
  const typed = `${code.slice(0, 3)} ${code.slice(3)}`;
  expect(await confirmByCode(form, { confirmationId, code: typed, ...by })).toMatchObject({
    receipt: expect.any(String),
  });
  expect((await events()).map(({ type, isProven }) => [type, isProven])).toEqual([
    ["requested", false],
    ["granted", true],
  ]);
});

it("takes no other, and after five no more", async () => {
  const { form, confirmationId, code, events } = await aConfirmation(asked);
  const wrong = code === "000000" ? "000001" : "000000";
  for (let n = 0; n < 5; n++) {
    expect(await confirmByCode(form, { confirmationId, code: wrong, ...by })).toBeNull();
  }
  await expect(confirmByCode(form, { confirmationId, code, ...by })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await events()).toHaveLength(1);
});

it("does not know a confirmation of another organization", async () => {
  const [one, other] = [await aConfirmation(asked), await aConfirmation(asked)];
  const answer = { confirmationId: one.confirmationId, code: one.code, ...by };
  await expect(confirmByCode(other.form, answer)).rejects.toMatchObject({ code: "not-found" });
  await expect(confirmByCode(one.ctx, answer)).rejects.toMatchObject({ code: "forbidden" });
});
