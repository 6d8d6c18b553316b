import type { ViewedList } from "@ringfence/core/desk/saved-view";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { api } from "@/server/caller";
import { currentMember, whyNot } from "@/server/current-member";
import { viewQueries } from "@/server/lists/queries";
import { ChangeView, SaveView } from "./view-actions";

type SavedViewsProps = {
  list: ViewedList;
  /** Filters of the list as its address has them. */
  filters: Readonly<Record<string, string>>;
};

/** Links to the saved views of a list. The one that is open can be renamed and deleted, other filters can be saved. */
export async function SavedViews({ list, filters }: SavedViewsProps) {
  const member = await currentMember();
  if (member === null) return null;
  const [t, views, notSave, notShare] = await Promise.all([
    getTranslations("savedViews"),
    api.savedView.list({ list }),
    whyNot(member, "saved-view.change"),
    whyNot(member, "saved-view.share"),
  ]);
  const isFiltered = Object.keys(filters).length > 0;
  const current = JSON.stringify(filters);
  const shown = views.map((view) => ({ ...view, ...viewQueries[list].openSaved(view.filters) }));
  const open = isFiltered
    ? shown.find((view) => JSON.stringify(view.filters) === current)
    : undefined;
  if (views.length === 0 && !isFiltered) return null;
  return (
    <div className="flex basis-full flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      {shown.length > 0 && (
        <nav aria-label={t("label")} className="min-w-0">
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {shown.map(({ id, name, path, isShared, filters: known }) => (
              <li key={id} className="min-w-0 break-words">
                {Object.keys(known).length === 0 ? (
                  <span className="text-muted">{t("allLost", { name })}</span>
                ) : (
                  <Link
                    href={path}
                    prefetch={false}
                    {...(id === open?.id && {
                      "aria-current": "page" as const,
                      className: "font-semibold",
                    })}
                  >
                    {isShared ? t("shared", { name }) : name}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </nav>
      )}
      {open?.isLess && <p className="text-warn">{t("lost")}</p>}
      {open === undefined && isFiltered && (
        <SaveView
          list={list}
          filters={filters}
          mayShare={notShare === undefined}
          whyNot={notSave ?? ("find" in filters ? t("notSearch") : undefined)}
        />
      )}
      {shown
        .filter((view) => view.isChangeable && isManageable(view, open?.id))
        .map(({ id, name, isShared }) => (
          <ChangeView key={id} id={id} name={name} isShared={isShared} />
        ))}
    </div>
  );
}

type Shown = { id: string; filters: Readonly<Record<string, string>> };

/** True for the view that is open, and for one that can no longer be opened, so that it can still be deleted. */
const isManageable = ({ id, filters }: Shown, openId: string | undefined) =>
  id === openId || Object.keys(filters).length === 0;
