// Effects of a required registry that is not connected.
import { aCallablePhone, aPhoneAtNoon } from "@ringfence/services/testing/phones";
import { aRegistryWithHistory } from "@ringfence/services/testing/registry-history";
import { Phone } from "@ringfence/core/people/phone";
import { expect, it } from "vitest";
import { aCallablePerson } from "../../testing/callable-person.ts";
import { aServerWithAgi } from "../../testing/listening.ts";

const { url } = await aServerWithAgi();

type Told = { reason: string; registry?: string; rule?: string };
const unchecked = (told: readonly Told[]) =>
  told.flatMap(({ reason, registry }) => (reason === "registry-unchecked" ? registry : []));

it("refuses a call to a jurisdiction whose list is not connected, even if its format is unknown", async () => {
  const { ctx, screen } = await aCallablePerson(url);
  const texas = { phone: Phone.parse("+12145550161"), region: "US-TX" };
  const brazil = { phone: Phone.parse("+5521912345678"), region: "BR-RJ" };
  await aPhoneAtNoon(ctx, texas);
  await aCallablePhone(ctx, brazil);

  const { answer: unasked } = await screen(texas.phone);
  expect(unasked.verdict).toBe("refuse");
  expect(unchecked(unasked.refusals)).toContain("US-TX-DNC");
  expect(unasked.refusals.map(({ sentence }: { sentence: string }) => sentence)).toContainEqual(
    expect.stringContaining("US-TX-DNC is not connected"),
  );
  // Consent does not lift a listing in Rio de Janeiro.
  const { answer: agreed } = await screen(brazil.phone);
  expect(agreed.verdict).toBe("refuse");
  expect(unchecked(agreed.refusals)).toEqual(["BR-RJ-PRIV"]);
});

it("warns if a written consent lifts the unconnected list, and about every duty that no check can verify", async () => {
  const { ctx, screen } = await aCallablePerson(url);
  const texas = { phone: Phone.parse("+12145550162"), region: "US-TX" };
  await aCallablePhone(ctx, texas);
  const { answer } = await screen(texas.phone);
  // The hour or the day of the test may refuse the call, and nothing else.
  const timely = new Set(["outside-calling-hours", "day-not-allowed"]);
  expect(answer.refusals.filter(({ reason }: Told) => !timely.has(reason))).toEqual([]);
  expect(unchecked(answer.warnings)).toContain("US-TX-DNC");
  const duties = answer.warnings.filter(({ reason }: Told) => reason === "duty");
  expect(duties).toMatchObject([{ rule: "US-TX.registration" }]);
});

it("warns about every call to Spain while its list is not connected", async () => {
  const { ctx, screen } = await aCallablePerson(url);
  const spain = { phone: Phone.parse("+34931234567"), region: "ES-CT" };
  await aCallablePhone(ctx, spain);
  const { answer } = await screen(spain.phone);
  expect(unchecked(answer.refusals)).toEqual([]);
  expect(unchecked(answer.warnings)).toEqual(["ES-ROBINSON"]);
});

it("refuses a call to Turkey if the number is missing from its register of approvals, or the register was not read recently", async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  const approved = Phone.parse("+905325550101");
  const ask = async (days: number, numbers: readonly number[]) => {
    const { ctx, screen } = await aCallablePerson(url);
    await aCallablePhone(ctx, { phone: approved, region: "TR-34" });
    await aRegistryWithHistory(ctx, "TR-IYS", [{ readAt: daysAgo(days), numbers }]);
    const { answer } = await screen(approved);
    return answer.refusals
      .filter(({ registry }: Told) => registry === "TR-IYS")
      .map(({ reason, sentence }: Told & { sentence: string }) => `${reason}: ${sentence}`);
  };
  expect(await ask(1, [Number(approved.slice(1))])).toEqual([]);
  expect(await ask(1, [])).toEqual([expect.stringMatching(/^registry-listed: .*is not on TR-IYS/)]);
  expect(await ask(32, [Number(approved.slice(1))])).toEqual([
    expect.stringMatching(/^registry-unchecked/),
  ]);
});
