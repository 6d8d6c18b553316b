import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anEndpoint } from "../../../testing/endpoints.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { as, db } from "../../../testing/scenes.ts";
import { listEndpoints } from "./list.ts";

it("shows how well each is reached, and no secret", async () => {
  const { ctx, endpointId, secret } = await anEndpoint();
  for (let n = 0; n < 3; n++) await recorded(ctx, { phone: aNumber(), channel: "agent" });
  const [oldest] = await db.prisma.delivery.findMany({
    where: { organizationId: ctx.organizationId },
    take: 1,
  });
  await db.prisma.delivery.updateMany({
    where: { organizationId: ctx.organizationId, id: oldest?.id ?? "" },
    data: { status: "dead" },
  });

  const endpoints = await listEndpoints(ctx);
  expect(endpoints).toMatchObject([
    { id: endpointId, kind: "webhook", events: ["opt-out.recorded"], pending: 2, dead: 1 },
  ]);
  expect(Object.keys(endpoints[0] ?? {})).not.toContain("secret");
  expect(JSON.stringify(endpoints)).not.toContain(secret);
});

it("shows nothing of another organization, and refuses those without access", async () => {
  const [mine, theirs] = [await anEndpoint(), await anEndpoint()];
  expect((await listEndpoints(mine.ctx)).map(({ id }) => id)).toEqual([mine.endpointId]);
  await expect(listEndpoints(as(theirs.ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
