import type { ReactNode } from "react";

type ColumnsProps = { children: ReactNode; isEven?: boolean };

/** Places two sections side by side where there is room. The first is wider unless `isEven`. */
export const Columns = ({ children, isEven = false }: ColumnsProps) => (
  <div
    className={`mt-9 grid grid-cols-1 items-start gap-8 lg:gap-10 [&>section]:mt-0 ${
      isEven ? "lg:grid-cols-2" : "lg:grid-cols-[minmax(0,1.75fr)_minmax(0,1fr)]"
    }`}
  >
    {children}
  </div>
);
