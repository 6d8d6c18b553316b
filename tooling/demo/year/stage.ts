import { MemberId } from "@ringfence/core/ids";
import type { FileContext } from "@ringfence/services/context";
import type { PastClock } from "./past-clock.ts";

export const [HOUR_MS, DAY_MS, WEEK_MS] = [3_600_000, 86_400_000, 604_800_000];
export const WEEKS = 52;

/** Everything that a scene needs: the clock, the members who act, and the time at which the year ends. */
export type Stage = {
  clock: PastClock;
  /** Context of a member by the name before the @ of their address: `officer`, `dana.brooks`. */
  as: (member: string) => FileContext;
  idOf: (member: string) => MemberId;
  job: (name: string) => FileContext;
  end: Date;
  /** Time in a week, in days after its beginning, but no later than the end of the year. */
  at: (week: number, days?: number) => Date;
};

/** Something that happens at a time in the year. */
export type Scene = { at: Date; tell: () => Promise<unknown> };

export async function openStage(root: FileContext, clock: PastClock, end: Date): Promise<Stage> {
  const { organizationId } = root;
  const rows = await clock.db.prisma.member.findMany({ where: { organizationId } });
  const members = new Map(rows.map((row) => [row.email.split("@")[0], row]));
  const find = (name: string) => {
    const member = members.get(name);
    if (member === undefined) throw new Error(`no ${name} works here`);
    return { role: member.role, id: MemberId.parse(member.id) };
  };
  const begin = end.getTime() - WEEKS * WEEK_MS;
  const ctx = { ...root, db: clock.db };
  return {
    clock,
    end,
    idOf: (name) => find(name).id,
    as: (name) => ({
      ...ctx,
      actor: { type: "member", ...find(name), sellerIds: [], isProven: true },
    }),
    job: (name) => ({ ...ctx, actor: { type: "job", name } }),
    at: (week, days = 0) =>
      new Date(Math.min(begin + week * WEEK_MS + days * DAY_MS, end.getTime())),
  };
}
