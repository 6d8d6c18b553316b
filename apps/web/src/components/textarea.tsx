import type { ComponentProps } from "react";
import { CONTROL } from "./control-class";

export const Textarea = ({ rows = 3, ...area }: Omit<ComponentProps<"textarea">, "className">) => (
  <textarea rows={rows} {...area} className={CONTROL} />
);
