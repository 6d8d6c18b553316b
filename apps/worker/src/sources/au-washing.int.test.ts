import { openTestDb } from "@ringfence/db/testing";
import { expect, it, onTestFinished } from "vitest";
import { nobodyAt } from "../../testing/serve.ts";
import { anAskedRegistry } from "../../testing/soap/asked-registry.ts";
import { openWashingServer, washingAccount } from "../../testing/soap/washing-server.ts";

const db = await openTestDb();

/** Three contacts in Australia, one of whom is on the register, and one elsewhere. */
async function scene({ monthlyNumbers = 100, secret = washingAccount.password } = {}) {
  const { world, url, close } = await openWashingServer();
  onTestFinished(close);
  const { telemarketerId } = washingAccount;
  const registry = await anAskedRegistry(db, {
    code: "AU-DNCR",
    format: { reader: "au-dncr" },
    source: { kind: "au-washing", url, telemarketerId, monthlyNumbers },
    secret,
    host: "127.0.0.1",
  });
  for (const e164 of ["+61412000001", "+61412000002", "+61412000003", "+12025550100"]) {
    await registry.contact(e164);
  }
  world.listed.add("0412000002");
  return { world, ...registry };
}

it("frees only numbers that the register said are not on it", async () => {
  const { world, sync, isListed, view } = await scene();
  world.invalid.add("0412000003");
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", answered: 3 });
  expect(world.asked).toEqual(["WashNumbers", "GetAccountBalance"]);
  expect(await isListed(61_412_000_001)).toBe(false);
  for (const other of [61_412_000_002, 61_412_000_003, 61_412_000_004]) {
    expect(await isListed(other)).toBe(true);
  }
  expect(await isListed(61_298_765_432)).toBeNull();
  expect(await view()).toMatchObject({
    askedNumbers: 3,
    isStale: false,
    balance: { numbers: 997, at: expect.any(Date) },
    answers: { answered: 3, free: 1 },
  });
  expect((await sync()).outcome).toMatchObject({ outcome: "unchanged", answered: 0 });
  expect(world.charged).toBe(3);
});

it("never asks about more numbers in a month than its budget, and says when it is used up", async () => {
  const { world, sync, isListed, change, view } = await scene({ monthlyNumbers: 2 });
  expect(await sync()).toMatchObject({
    status: "failed",
    error: { key: "source.budget-used", values: { budget: 2, waiting: 1 } },
    outcome: { outcome: "applied", answered: 2 },
  });
  expect(world.charged).toBe(2);
  expect(await isListed(61_412_000_001)).toBe(false);
  expect(await isListed(61_412_000_003)).toBe(true);
  await sync();
  expect(world.charged).toBe(2);
  const { source } = await view();
  await change({ source: { ...source, monthlyNumbers: 3 } });
  expect((await sync()).status).toBe("done");
  expect(world.charged).toBe(3);
});

it("never pays more in a month than its budget, whatever the count of numbers allows", async () => {
  const { world, sync, change, view } = await scene();
  const { source } = await view();
  const { password: secret } = washingAccount;
  await change({ source: { ...source, monthlyMoney: 0.3, pricePerNumber: 0.12 }, secret });
  expect((await sync()).error).toMatchObject({ values: { budget: 2, waiting: 1 } });
  expect(world.charged).toBe(2);
});

it.each(["<Balance>many</Balance>", ""])(
  "reads no balance from %j, without failing",
  async (said) => {
    const { world, sync, view } = await scene();
    world.instead = (operation, response) => {
      if (operation !== "GetAccountBalance") return false;
      const answer = `<r:${operation}Response><${operation}Return>${said}</${operation}Return></r:${operation}Response>`;
      response.end(said && `<Envelope xmlns:r="urn:r"><Body>${answer}</Body></Envelope>`);
      return true;
    };
    expect((await sync()).status).toBe("done");
    expect(await view()).toMatchObject({ balance: null, askedNumbers: 3 });
  },
);

it("asks again before an answer expires, and refuses what could not be asked in time", async () => {
  const { world, sync, passDays, isListed, asks } = await scene();
  await sync();
  await passDays(28);
  world.listed.add("0412000001");
  expect((await sync()).outcome).toMatchObject({ answered: 3 });
  expect(await isListed(61_412_000_001)).toBe(true);
  expect(await isListed(61_412_000_003)).toBe(false);
  await passDays(29.5);
  world.balance = 0;
  expect((await sync()).error).toMatchObject({ key: "source.wash-no-balance" });
  expect(await isListed(61_412_000_003)).toBe(true);
  expect((await asks()).map(({ status }) => status)).toEqual(["answered", "answered", "refused"]);
});

it("requests an answer by its reference after a time-out, and pays once", async () => {
  const { world, sync, waits, isListed } = await scene();
  world.instead = (operation, response) => {
    if (operation === "WashNumbers") response.destroy();
    return operation === "WashNumbers";
  };
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", answered: 3 });
  expect(world.asked).toEqual(["WashNumbers", "GetWashResult", "GetAccountBalance"]);
  expect(waits).toEqual([30_000]);
  expect(world.charged).toBe(3);
  expect(await isListed(61_412_000_001)).toBe(false);
});

it("requests it again at the next reading under the same reference", async () => {
  const { world, sync, asks, waits } = await scene();
  world.instead = (_, response) => {
    response.destroy();
    return true;
  };
  expect((await sync()).error).toMatchObject({ key: "source.wash-unanswered" });
  expect(waits).toEqual([30_000, 30_000, 30_000]);
  world.instead = () => false;
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", answered: 3 });
  expect(world.charged).toBe(3);
  expect(await asks()).toHaveLength(1);
});

it("washes under a new reference what the register never received", async () => {
  const { world, sync, asks } = await scene();
  world.instead = (_, response) => {
    response.destroy();
    return true;
  };
  await sync();
  world.washed.clear();
  world.instead = () => false;
  expect((await sync()).outcome).toMatchObject({ answered: 3 });
  expect((await asks()).map(({ status }) => status)).toEqual(["refused", "answered"]);
});

it("reports what is wrong, and pays nothing", async () => {
  const { sync, view, asks } = await scene({ secret: "wrong" });
  expect(await sync()).toMatchObject({ status: "failed", error: { key: "source.wash-refused" } });
  expect(await view()).toMatchObject({ askedNumbers: 0, edition: null });
  expect(await asks()).toMatchObject([{ status: "refused" }]);
});

it("repeats neither a number nor the password if the register sends them instead of a code", async () => {
  const { world, sync } = await scene();
  const said = "<ErrorCode>0412 000 001 by wash &amp; go</ErrorCode>";
  world.instead = (operation, response) => {
    const answer = `<r:${operation}Response><${operation}Return>${said}</${operation}Return></r:${operation}Response>`;
    response.end(`<Envelope xmlns:r="urn:r"><Body>${answer}</Body></Envelope>`);
    return true;
  };
  expect((await sync()).error).toEqual({ key: "source.wash-refused", values: { code: "… by …" } });
});

it("pays nothing for a question that was never sent, and requests no answer to it", async () => {
  const { world, sync, view, asks, waits, change } = await scene();
  const { source } = await view();
  await change({ source: { ...source, url: await nobodyAt() }, secret: washingAccount.password });
  for (const _ of [1, 2]) {
    await expect(sync()).rejects.toMatchObject({ explanation: { key: "source.unreachable" } });
  }
  expect(await view()).toMatchObject({ askedNumbers: 0 });
  expect((await asks()).map(({ status }) => status)).toEqual(["refused", "refused"]);
  expect([waits, world.asked]).toEqual([[], []]);
});

it("puts nothing in force if there is nobody to ask about", async () => {
  const { url, host, close } = await openWashingServer();
  onTestFinished(close);
  const { telemarketerId, password } = washingAccount;
  const { sync, view } = await anAskedRegistry(db, {
    code: "AU-DNCR",
    format: { reader: "au-dncr" },
    source: { kind: "au-washing", url, telemarketerId, monthlyNumbers: 5 },
    secret: password,
    host,
  });
  expect(await sync()).toMatchObject({ status: "failed", error: { key: "source.nothing-to-ask" } });
  expect(await view()).toMatchObject({ edition: null, isStale: true });
});
