import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { Filters, ListedSpan } from "@/components/filters";
import { ListRows } from "@/components/list-page";
import type { Pager } from "@/components/pager";

type SpanListProps = {
  /** Group of messages with the page's texts. */
  texts: "callList" | "screeningList";
  span: { since: Date; until: Date | null };
  /** True if the address limits the list. */
  isFiltered: boolean;
  /** Controls that filter the list. */
  filters?: ReactNode;
  /** Words beside the span that say what else the list is limited to. */
  limits?: ReactNode;
  /** Number of rows on the page. */
  count: number;
  steps: Pick<ComponentProps<typeof Pager>, "newer" | "older">;
  /** Table of the rows. */
  children: ReactNode;
};

/** Lists what happened in a span of time: the filters and the span, then the rows with links to further pages. */
export function SpanList({ texts, span, isFiltered, count, steps, ...props }: SpanListProps) {
  const t = useTranslations(texts);
  return (
    <>
      <Filters label={t("filters")}>
        {props.filters}
        <ListedSpan from={span.since} until={span.until}>
          {props.limits}
        </ListedSpan>
      </Filters>
      <ListRows
        isEmpty={count === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
        nothingFound={isFiltered && { title: t("nothingFound"), body: t("nothingFoundBody") }}
        pager={{ label: t("pages"), shown: t("shown", { count }), ...steps }}
      >
        {props.children}
      </ListRows>
    </>
  );
}
