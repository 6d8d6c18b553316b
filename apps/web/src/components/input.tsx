import type { ComponentProps } from "react";
import { CONTROL } from "./control-class";

export const Input = (input: Omit<ComponentProps<"input">, "className">) => (
  <input {...input} className={CONTROL} />
);
