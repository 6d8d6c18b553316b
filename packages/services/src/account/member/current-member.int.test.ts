import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { db, keys } from "../../../testing/scenes.ts";
import { currentMember } from "./current-member.ts";
import { startSession } from "./start-session.ts";

async function scene() {
  const member = await aMember();
  const started = await startSession({ db, keys }, member.signIn, null);
  if (started.outcome !== "started") throw new Error(started.outcome);
  return { ...member, session: started.session };
}

it("knows who a session belongs to", async () => {
  const { session, memberId, signIn } = await scene();

  expect(await currentMember(db, session)).toEqual({
    ...session,
    memberId,
    organizationName: "Test",
    name: "Ada",
    email: signIn.email,
    role: "officer",
    sellerIds: [],
    locale: "en",
    zone: "UTC",
    theme: "auto",
    hasSingleKeys: true,
    hasFirstPassword: false,
  });
});

it("knows nobody once the row is gone", async () => {
  const { session } = await scene();
  await db.prisma.session.deleteMany({ where: { id: session.sessionId } });

  expect(await currentMember(db, session)).toBeNull();
});

it("knows nobody after twelve hours, by the database's clock", async () => {
  const { session } = await scene();
  const where = { id: session.sessionId };
  const { createdAt, expiresAt } = await db.prisma.session.findFirstOrThrow({ where });
  expect(expiresAt.getTime() - createdAt.getTime()).toBe(12 * 3_600_000);

  await db.pool.query("UPDATE session SET expires_at = clock_timestamp() WHERE id = $1", [
    session.sessionId,
  ]);
  expect(await currentMember(db, session)).toBeNull();
});

it("does not know a session under another organization", async () => {
  const { session } = await scene();
  const { ctx } = await aMember();

  expect(await currentMember(db, { ...session, organizationId: ctx.organizationId })).toBeNull();
});
