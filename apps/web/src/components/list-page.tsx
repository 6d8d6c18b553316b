import type { ComponentProps, ReactNode } from "react";
import { Banner } from "./banner";
import { Empty, PageHead } from "./page-layout";
import { Pager } from "./pager";

type ListPageProps = {
  title: string;
  note: ReactNode;
  /** Links and buttons beside the title. */
  actions?: ReactNode;
  /** Says that a search in the address can no longer be opened, if that is so. */
  searchFault?: string | false;
  filters?: ReactNode;
  children: ReactNode;
};

/** A page with a list, or with several in sections: its head, then filters, then the rows. */
export const ListPage = (props: ListPageProps) => (
  <>
    <PageHead title={props.title} note={props.note}>
      {props.actions}
    </PageHead>
    {props.searchFault && <Banner title={props.searchFault} />}
    {props.filters}
    {props.children}
  </>
);

type ListRowsProps = {
  isEmpty: boolean;
  /** Title and explanation in the place of rows. */
  empty: { title: string; body: ReactNode };
  /** The same for a list whose filters leave nothing. */
  nothingFound?: { title: string; body: ReactNode } | false;
  pager?: ComponentProps<typeof Pager>;
  children: ReactNode;
};

/** The rows of a list and the links to its other pages, or what to say when there are no rows. */
export function ListRows({ isEmpty, empty, nothingFound, pager, children }: ListRowsProps) {
  const { title, body } = nothingFound || empty;
  return isEmpty ? (
    <Empty title={title}>{body}</Empty>
  ) : (
    <>
      {children}
      {pager && <Pager {...pager} />}
    </>
  );
}
