import type { ReactNode } from "react";
import { PageHead } from "./page-layout";

type DetailPageProps = {
  title: string;
  note?: ReactNode;
  /** Links and buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A page about one thing: its name and state, what can be done with it, then its sections. */
export const DetailPage = ({ title, note, actions, children }: DetailPageProps) => (
  <>
    <PageHead title={title} note={note}>
      {actions}
    </PageHead>
    {children}
  </>
);
