// What a segment is for, and what it is not: it never lets a call through.
import { Rule } from "@ringfence/core/segment";
import { listSegments, refreshSegment, saveSegment } from "@ringfence/services/segment";
import { db } from "@ringfence/services/testing";
import { expect, it } from "vitest";
import { aLead } from "../../testing/lead.ts";
import { aListeningDoor } from "../../testing/listening.ts";

const { url } = await aListeningDoor();

/** The million of `pnpm bench segments` takes minutes to load. */
const PEOPLE = 50_000;

it("acceptance 10: a segment is counted anew in seconds, says how old it is, and no gate trusts it", async () => {
  const { ctx, phone, screen, refuse } = await aLead(url);
  const { organizationId } = ctx;
  await db.prisma.$executeRaw`
    INSERT INTO contact (organization_id, id, zone, attributes, created_at, updated_at)
    SELECT ${organizationId}::uuid, uuid7(), NULL, '{"city": "Omsk"}', now(), now()
    FROM generate_series(1, ${PEOPLE})`;
  const rule = Rule.parse({ is: "all", of: [] });
  const { id } = await saveSegment(ctx, { name: "Everybody", rule });
  const asJob = { ...ctx, actor: { type: "job", name: "segment.refresh" } } as const;
  const told = async () => {
    const [segment] = await listSegments(ctx, { locale: "en" });
    return segment;
  };
  expect(await told()).toMatchObject({ size: null, refreshedAt: null });

  const begun = performance.now();
  const found = await refreshSegment(asJob, id);
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(found?.size).toBe(
    PEOPLE +
      (await db.prisma.contact.count({
        where: { organizationId, attributes: { equals: {} } },
      })),
  );
  const before = await told();
  expect(before).toMatchObject({ size: found?.size, refreshedAt: expect.any(Date) });

  expect((await screen(phone)).answer.verdict).toBe("allow");
  await refuse(phone);
  const { answer } = await screen(phone);
  expect(answer.verdict).toBe("refuse");
  // Nobody has counted since: who refused is in it still, and that lets nothing through.
  expect(await told()).toEqual(before);
});
