import {
  AddSavedView,
  MAX_SAVED_VIEWS,
  OneSavedView,
  RenameSavedView,
  ViewedList,
  viewedLists,
} from "@ringfence/core/desk/saved-view";
import { SavedViewId } from "@ringfence/core/ids";
import { may } from "@ringfence/core/platform/access";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  allow,
  command,
  createId,
  holdLock,
  query,
} from "../../platform/internal.ts";
import { requireMemberId } from "../../account/member/internal.ts";

/** Filters as stored. What may be saved may have been less strict when they were. */
const StoredFilters = z.record(z.string(), z.string());

export type SavedView = {
  id: SavedViewId;
  name: string;
  filters: Readonly<Record<string, string>>;
  isShared: boolean;
  /** True if the member may rename and delete it. */
  isChangeable: boolean;
};

/** Lists the views of one list by name: those of the member, and those shared with all. */
export const listSavedViews = query({
  name: "listSavedViews",
  action: { among: Object.values(viewedLists), choose: ({ list }) => viewedLists[list] },
  input: z.strictObject({ list: ViewedList }),
  run: async (ctx, { list }): Promise<SavedView[]> => {
    const { db, organizationId } = ctx;
    const memberId = requireMemberId(ctx);
    const rows = await db.savedView.findMany({
      where: { organizationId, list, OR: [{ memberId }, { isShared: true }] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    });
    return rows.map(({ id, name, filters, isShared }) => ({
      id: SavedViewId.parse(id),
      name,
      filters: StoredFilters.parse(filters),
      isShared,
      isChangeable: isShared
        ? may(ctx.actor, "saved-view.share")
        : may(ctx.actor, "saved-view.change"),
    }));
  },
  audit: "none",
});

/** Saves the filters of a list that the member may see. Owners and officers may share them with all members. */
export const addSavedView = command({
  name: "addSavedView",
  action: {
    among: ["saved-view.change", "saved-view.share"],
    choose: ({ isShared }) => (isShared ? "saved-view.share" : "saved-view.change"),
  },
  input: AddSavedView,
  run: async (ctx, { list, name, filters, isShared }): Promise<{ id: SavedViewId }> => {
    allow(ctx, viewedLists[list]);
    const { db, organizationId, now: createdAt } = ctx;
    const memberId = requireMemberId(ctx);
    await holdLock(ctx, "saved-views");
    await assertNameIsFree(ctx, { memberId, list, name });
    const count = await db.savedView.count({ where: { organizationId, memberId, list } });
    if (count >= MAX_SAVED_VIEWS) {
      throw new ServiceError("conflict", {
        key: "saved-view.too-many",
        values: { count: MAX_SAVED_VIEWS },
      });
    }
    const id = await createId(ctx, SavedViewId);
    await db.savedView.create({
      data: { organizationId, id, memberId, list, name, filters, isShared, createdAt },
    });
    return { id };
  },
  audit: ({ id: savedViewId }, { list, isShared }) => ({
    savedViewId,
    change: "saved",
    list,
    isShared,
  }),
});

/** Renames a view: a private one of the member's own, or a shared one, also their own, if they may share. */
export const renameSavedView = command({
  name: "renameSavedView",
  action: "saved-view.change",
  input: RenameSavedView,
  run: async (ctx, { id, name }) => {
    await holdLock(ctx, "saved-views");
    const { memberId, list, name: before } = await loadChangeable(ctx, id);
    if (name !== before) await assertNameIsFree(ctx, { memberId, list, name });
    const { db, organizationId } = ctx;
    await db.savedView.updateMany({ where: { organizationId, id }, data: { name } });
  },
  audit: (_, { id: savedViewId }) => ({ savedViewId, change: "renamed" }),
});

/** Deletes a view: a private one of the member's own, or a shared one, also their own, if they may share. */
export const deleteSavedView = command({
  name: "deleteSavedView",
  action: "saved-view.change",
  input: OneSavedView,
  run: async (ctx, { id }) => {
    await loadChangeable(ctx, id);
    const { db, organizationId } = ctx;
    await db.savedView.deleteMany({ where: { organizationId, id } });
  },
  audit: (_, { id: savedViewId }) => ({ savedViewId, change: "deleted" }),
});

/** Loads a view that the member may change. A colleague's private view counts as not found. */
async function loadChangeable(ctx: TransactionContext, id: SavedViewId) {
  const { db, organizationId } = ctx;
  const memberId = requireMemberId(ctx);
  const view = await db.savedView.findFirst({
    where: { organizationId, id, OR: [{ memberId }, { isShared: true }] },
  });
  if (view === null) throw new ServiceError("not-found", { key: "saved-view.unknown" });
  allow(ctx, viewedLists[ViewedList.parse(view.list)]);
  if (view.isShared) allow(ctx, "saved-view.share");
  return view;
}

type Named = { memberId: string; list: string; name: string };

/** Throws `conflict` if the member has a view of this name for the list. Colleagues can use the same name. */
async function assertNameIsFree({ db, organizationId }: TransactionContext, named: Named) {
  if ((await db.savedView.count({ where: { organizationId, ...named } })) > 0) {
    throw new ServiceError("conflict", { key: "saved-view.taken" });
  }
}
