import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { connectDialer } from "./dialer.ts";
import { readVicidial, recordPull } from "./vicidial.ts";
import { anEndpoint } from "../../../testing/endpoints.ts";

const settings = { url: "https://dialer.example/", user: "66", pass: "hunter22", phoneCode: "1" };

const pull = { type: "job", name: "vicidial.pull" } as const;

async function scene() {
  const ctx = await aContext();
  const dialer = { kind: "vicidial", name: "VICIdial", settings } as const;
  const { id } = await connectDialer(as(ctx, "owner"), {
    dialer: dialer,
    reason: "The dialer keeps its own list.",
  });
  return { ctx, id, worker: { ...ctx, actor: pull } };
}

it("returns the credentials, and the days to ask about", async () => {
  const { id, worker } = await scene();
  const read = await readVicidial(worker, id);
  expect(read.settings).toEqual(settings);
  expect(read.days).toHaveLength(3);
  expect(read.days).toContain(new Date().toISOString().slice(0, 10));
});

it("asks about every day since it was last read completely", async () => {
  const { id, worker } = await scene();
  await recordPull(worker, { endpointId: id, askedAt: new Date(Date.now() - 4 * 86_400_000) });
  const { days } = await readVicidial(worker, id);
  const daysOff = [-5, -4, -3, -2, -1, 0, 1].map((off) =>
    new Date(Date.now() + off * 86_400_000).toISOString().slice(0, 10),
  );
  expect(days).toEqual(daysOff);
});

it("allows workers only, and returns nothing of another organization", async () => {
  const [mine, theirs] = [await scene(), await scene()];
  await expect(readVicidial(mine.worker, theirs.id)).rejects.toMatchObject({ code: "not-found" });
  await expect(readVicidial(as(mine.ctx, "owner"), mine.id)).rejects.toMatchObject({
    code: "forbidden",
  });
});

const askedAt = new Date("2026-03-01T10:00:00Z");

it("records when a dialer was last read completely", async () => {
  const { worker, endpointId, endpoint } = await anEndpoint();
  await recordPull(worker, { endpointId, askedAt });
  expect(await endpoint()).toMatchObject({ pulledAt: askedAt });
});

it("allows workers only, and records nothing for another organization", async () => {
  const [mine, theirs] = [await anEndpoint(), await anEndpoint()];
  const { endpointId } = theirs;
  await expect(recordPull(mine.worker, { endpointId, askedAt })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(recordPull(theirs.owner, { endpointId, askedAt })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await theirs.endpoint()).pulledAt).toBeNull();
});
