import type { ComponentProps, ReactNode } from "react";
import { Filters, ListedSpan } from "@/components/filters";
import { ListRows } from "@/components/list-page";
import type { Pager } from "@/components/pager";

type Notice = { title: string; body: string };

type SpanListProps = {
  /** Accessible name of the filters. */
  label: string;
  span: { since: Date; until: Date | null };
  /** True if the address limits the list. */
  isFiltered: boolean;
  /** Button that downloads the list. */
  file: ReactNode;
  /** Controls that filter the list. */
  filters?: ReactNode;
  /** Words beside the span that say what else the list is limited to. */
  limits?: ReactNode;
  isEmpty: boolean;
  /** Notices for a list without any rows, and for filters that match none. */
  empty: Notice;
  nothingFound: Notice;
  pager: ComponentProps<typeof Pager>;
  /** Table of the rows. */
  children: ReactNode;
};

/** Lists what happened in a span of time: the filters and the span, then the rows with links to further pages. */
export function SpanList({ label, span, isFiltered, nothingFound, ...props }: SpanListProps) {
  return (
    <>
      <Filters label={label} aside={props.file}>
        {props.filters}
        <ListedSpan from={span.since} until={span.until}>
          {props.limits}
        </ListedSpan>
      </Filters>
      <ListRows
        isEmpty={props.isEmpty}
        empty={props.empty}
        nothingFound={isFiltered && nothingFound}
        pager={props.pager}
      >
        {props.children}
      </ListRows>
    </>
  );
}
