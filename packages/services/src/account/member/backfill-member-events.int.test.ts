import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { db } from "../../../testing/scenes.ts";

const file = "../../../../db/prisma/migrations/0190_member_event/migration.sql";
const migration = readFileSync(path.resolve(import.meta.dirname, file), "utf8");

it("finds in the audit trail of an older version who added whom", async () => {
  const owner = await aMember({ role: "owner" });
  const { memberId } = await aMember({ of: owner });
  const { organizationId, actor } = owner.ctx;
  const at = new Date("2026-03-01T00:00:00Z");
  const changes = ["added", "first-password", "role", "removed"];
  await db.prisma.auditEntry.createMany({
    data: changes.map((change) => ({
      organizationId,
      actor: { type: "member", id: owner.memberId },
      action: "member.change",
      details: { memberId, change },
      at,
    })),
  });
  const [insert = ""] = /INSERT INTO "member_event"[^;]+;/u.exec(migration) ?? [];
  await db.pool.query(insert);

  const events = await db.prisma.memberEvent.findMany({
    where: { organizationId },
    orderBy: { id: "asc" },
    select: { memberId: true, kind: true, isShown: true, at: true, actor: true },
  });
  const common = { memberId, at, actor: { type: "member", id: Object(actor).id } };
  expect(events).toEqual([
    { ...common, kind: "added", isShown: true },
    { ...common, kind: "reset", isShown: true },
    { ...common, kind: "role", isShown: false },
  ]);
});
