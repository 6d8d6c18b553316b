import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { registryCoverage } from "./registry-coverage.ts";

const connect = ({ organizationId }: RootContext, code: string) =>
  db.prisma.registry.create({
    data: { organizationId, code, name: code, format: {}, source: {}, maxAgeDays: 31 },
  });
const of = async (ctx: RootContext, code: string) =>
  (await registryCoverage(ctx)).find((registry) => registry.code === code);

it("tells of each registry that rules name whether it is connected", async () => {
  const ctx = await aContext();
  const { id } = await connect(ctx, "US-FTC-DNC");

  expect(await of(ctx, "US-FTC-DNC")).toMatchObject({ registryId: id, disconnectedId: null });
  expect(await of(ctx, "GB-TPS")).toMatchObject({ registryId: null, places: ["GB"] });
});

it("shows a disconnected registry as one that can be reconnected", async () => {
  const ctx = await aContext();
  const { id } = await connect(ctx, "US-FTC-DNC");
  await db.prisma.registry.updateMany({ where: { id }, data: { disconnectedAt: new Date() } });
  expect(await of(ctx, "US-FTC-DNC")).toMatchObject({ registryId: null, disconnectedId: id });
});

it("does not count what another organization has connected", async () => {
  await connect(await aContext(), "US-FTC-DNC");
  expect(await of(await aContext(), "US-FTC-DNC")).toMatchObject({ registryId: null });
});
