import { expect, it, onTestFinished, vi } from "vitest";
import { patientDb } from "../../../testing/patient-db.ts";
import { aCalledPerson, called, minutesAfter, noon } from "../../../testing/violations.ts";
import { aCallablePhone, aDayLater, longAgo } from "../../../testing/phones.ts";
import { aContext, db, keys } from "../../../testing/scenes.ts";
import { untilOneWaitsUnclocked } from "../../../testing/until-one-waits.ts";
import { whileLocked } from "../../../testing/while-locked.ts";
import type { RootContext } from "../../platform/context.ts";
import { readFacts } from "./read-facts.ts";
import { screenCall } from "./screen-call.ts";

const purpose = "marketing.loans";

const recorded = ({ organizationId }: RootContext) =>
  db.prisma.screening.count({ where: { organizationId } });

it("asks once for calls that come together, and puts them on record by few commits", async () => {
  const { db, asked } = patientDb();
  const ctx = { ...(await aContext()), db };
  const { phone } = await aCallablePhone(ctx);

  const answers = await Promise.all(
    Array.from({ length: 200 }, () => screenCall(ctx, { phone, purpose })),
  );

  expect(answers.filter(({ verdict }) => verdict === "allow")).toHaveLength(200);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(200);
  expect(await recorded(ctx)).toBe(200);
  expect(asked()).toBeLessThanOrEqual(3);
});

it("lets no call wait for a what-if", async () => {
  const { db, asked } = patientDb();
  const ctx = { ...(await aContext()), db };
  const { phone } = await aCallablePhone(ctx);

  const [now, then] = await Promise.all([
    screenCall(ctx, { phone, purpose }),
    screenCall(ctx, { phone, purpose, at: aDayLater }),
  ]);

  expect([now.checked.whatIf, then.checked.whatIf, asked()]).toEqual([false, true, 3]);
});

it("answers calls of several organizations together, each by its own settings", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const { phone } = await aCallablePhone(mine);
  await aCallablePhone(theirs, { phone });
  await db.prisma.organization.update({
    where: { id: theirs.organizationId },
    data: { dialer: "predictive" },
  });
  const verdicts = await Promise.all(
    [mine, theirs, mine, theirs].map(async (ctx) => {
      const { verdict } = await screenCall(ctx, { phone, purpose });
      return verdict;
    }),
  );
  expect(verdicts).toEqual(["allow", "refuse", "allow", "refuse"]);
});

it.each(["opt_out", "screening"])("gives up on a database that is slow: %s", async (table) => {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx);
  await whileLocked(table, async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    let isOver = false;
    const failure = screenCall(ctx, { phone, purpose })
      .catch(String)
      .finally(() => (isOver = true));
    await untilOneWaitsUnclocked();
    await vi.advanceTimersByTimeAsync(999);
    expect(isOver).toBe(false);
    // Time alone ends it: the lock is held for as long as this test has not.
    await vi.advanceTimersByTimeAsync(1);
    expect(await failure).toContain("timeout");
    vi.useRealTimers();
  });
  expect((await screenCall(ctx, { phone, purpose })).verdict).toBe("allow");
});

it("judges by the emergencies of the instant that is asked about", async () => {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx, { region: "US-NY" });
  const { organizationId } = ctx;
  await db.prisma.emergency.create({
    data: { organizationId, jurisdiction: "US-NY", from: aDayLater, memberId: organizationId },
  });
  const reasonsAt = async (at?: Date) => {
    const { refusals } = await screenCall(ctx, { phone, purpose, ...(at && { at }) });
    return refusals.map(({ reason }) => reason);
  };

  const [before, then, now] = await Promise.all([longAgo, aDayLater, undefined].map(reasonsAt));

  expect(before).not.toContain("sector-banned");
  expect(then).toContain("sector-banned");
  expect(now).toContain("sector-banned");
});

it("tells instants apart that share a statement", async () => {
  const { organizationId } = await aContext();
  await db.prisma.emergency.create({
    data: { organizationId, jurisdiction: "US-NY", from: aDayLater, memberId: organizationId },
  });
  const asks = [longAgo, null, aDayLater, null].map((at) => ({
    organizationId,
    phone: null,
    phoneKey: null,
    at,
  }));
  const facts = await readFacts({ db, keys }, asks);
  expect(facts.map(({ settings }) => settings.emergencies)).toEqual([
    [],
    ["US-NY"],
    ["US-NY"],
    ["US-NY"],
  ]);
});

it("counts a call once, though its phone stands among those of its person", async () => {
  const { ctx, phone } = await aCalledPerson();
  await called(ctx, phone, noon);
  const ask = { organizationId: ctx.organizationId, phone, phoneKey: null, at: minutesAfter(60) };
  const [facts] = await readFacts({ db, keys }, [ask]);
  expect(facts?.row.calls).toEqual([noon.getTime()]);
});
