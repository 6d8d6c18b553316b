import type { SessionId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { db, keys } from "../../../testing/scenes.ts";
import { endSession } from "./end-session.ts";
import { startSession } from "./start-session.ts";

async function scene() {
  const { ctx, signIn } = await aMember();
  const started = await startSession({ db, keys }, signIn, null);
  if (started.outcome !== "started") throw new Error(started.outcome);
  return { ctx, session: started.session };
}

const rowsOf = ({ sessionId }: { sessionId: SessionId }) =>
  db.prisma.session.count({ where: { id: sessionId } });

it("ends a session once, and puts it on record once", async () => {
  const { ctx, session } = await scene();

  const ended = await Promise.all([endSession(ctx, session), endSession(ctx, session)]);

  expect(ended.filter(({ hasEnded }) => hasEnded)).toHaveLength(1);
  expect(await rowsOf(session)).toBe(0);
  const where = { organizationId: ctx.organizationId, action: "session.end" };
  expect(await db.prisma.auditEntry.count({ where })).toBe(1);
});

it("does not end the session of a colleague, or of another organization", async () => {
  const { ctx, session } = await scene();
  const stranger = await aMember();
  const colleague = { ...ctx, actor: stranger.ctx.actor };

  expect(await endSession(colleague, session)).toEqual({ hasEnded: false });
  expect(await endSession(stranger.ctx, session)).toEqual({ hasEnded: false });
  expect(await rowsOf(session)).toBe(1);
});

it("refuses who is no member", async () => {
  const { ctx, session } = await scene();
  const job = { ...ctx, actor: { type: "job", name: "registry.sync" } } as const;

  await expect(endSession(job, session)).rejects.toMatchObject({ code: "forbidden" });
});
