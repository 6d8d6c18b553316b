import { refuseCalls, aCallablePhone } from "@ringfence/services/testing/phones";
import { expect, it } from "vitest";
import { aCallableCall, anAgi, refused } from "../../testing/agi.ts";
import { readDialplan } from "../../testing/dialplan.ts";

const purpose = "purpose=marketing.loans";
const { call } = await anAgi();

it("accepts the arguments of the shipped dialplan, which dials the number that was screened", async () => {
  const { key, phone } = await aCallableCall();
  const settings = {
    RINGFENCE_KEY: key.slice("key=".length),
    RINGFENCE_PURPOSE: "marketing.loans",
    EXTEN: phone.replace("+", "00"),
  };
  const { variables } = await call(...readDialplan(settings).args);
  expect(variables.RINGFENCE_VERDICT).toBe("allow");
  expect(readDialplan({ ...settings, ...variables }).dialed).toBe(phone);
});

it("dials only the number that was screened, whatever was typed", async () => {
  const { ctx, key, phone } = await aCallableCall();
  const other = await aCallablePhone(ctx);
  await refuseCalls(ctx, other.phoneId);
  const settings = {
    RINGFENCE_KEY: key.slice("key=".length),
    RINGFENCE_PURPOSE: "marketing.loans",
    EXTEN: `${other.phone},phone=${phone}`,
  };
  const { variables } = await call(...readDialplan(settings).args);
  expect(variables.RINGFENCE_VERDICT).toBe("refuse");
  expect(readDialplan({ ...settings, ...variables }).dialed).toBe("");
});

it("refuses a repeated argument, even if one of the numbers may be called", async () => {
  const { ctx, key, to } = await aCallableCall();
  const other = await aCallablePhone(ctx);
  await refuseCalls(ctx, other.phoneId);
  const fault = expect.stringMatching(/argument phone was given twice/);
  for (const phones of [
    [`phone=${other.phone}`, to],
    [to, `phone=${other.phone}`],
    [to, to],
    [to, "phone="],
  ]) {
    expect(await call(key, ...phones, purpose)).toEqual({
      ...refused("cannot-check"),
      console: [fault],
    });
  }
});
