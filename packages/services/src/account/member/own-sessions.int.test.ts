import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { db, keys } from "../../../testing/scenes.ts";
import { ownSessions } from "./own-sessions.ts";
import { startSession } from "./start-session.ts";

it("lists where a member is signed in, last first, without what has ended", async () => {
  const { ctx, signIn } = await aMember();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    const started = await startSession({ db, keys }, signIn, null);
    if (started.outcome === "started") ids.push(started.session.sessionId);
  }
  await db.pool.query("UPDATE session SET expires_at = now() WHERE id = $1", [ids[1]]);

  const sessions = await ownSessions(ctx);

  expect(sessions.map(({ sessionId }) => sessionId)).toEqual([ids[2], ids[0]]);
});

it("shows none of another organization, or of a colleague", async () => {
  const { ctx, signIn } = await aMember();
  await startSession({ db, keys }, signIn, null);
  const stranger = await aMember();

  expect(await ownSessions(stranger.ctx)).toEqual([]);
  expect(await ownSessions({ ...ctx, actor: stranger.ctx.actor })).toEqual([]);
});
