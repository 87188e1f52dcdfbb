import type { ConfigDocument } from '../document.js';
import { isJsonObject, type JsonObject, listAt, textAt } from '../json-shape.js';
import { type Reader, readerOf } from '../reader.js';

/** One resource of a Terraform plan or state. */
export interface TerraformResource {
  readonly type: string;
  /** `aws_lb.web`. */
  readonly address: string;
  /** Reads its attributes. */
  readonly values: Reader;
}

/** Whether a document is what `terraform show -json` prints for a plan or a state, or a state file itself. */
export function isTerraform({ value }: ConfigDocument): boolean {
  if (!isJsonObject(value)) return false;
  const shown = isJsonObject(value.planned_values) || isJsonObject(value.values);
  return (
    (shown && 'format_version' in value) || ('terraform_version' in value && Array.isArray(value.resources))
  );
}

/** Every resource that is managed, in all modules. */
export function resourcesOf(document: ConfigDocument): TerraformResource[] {
  const root = readerOf(document);
  if (Array.isArray((document.value as JsonObject).resources)) return ofState(root);
  const top = root.at('planned_values').missing ? root.at('values') : root.at('planned_values');
  return ofModule(top.at('root_module'));
}

function ofModule(module: Reader): TerraformResource[] {
  const own = listAt(module.value, 'resources').flatMap((raw, index) => {
    if (textAt(raw, 'mode') === 'data') return [];
    const reader = module.at('resources', index);
    return [resource(raw, reader.at('values'))];
  });
  const children = listAt(module.value, 'child_modules').flatMap((_, index) =>
    ofModule(module.at('child_modules', index)),
  );
  return [...own, ...children];
}

/** The state file holds instances below each resource. */
function ofState(root: Reader): TerraformResource[] {
  return listAt(root.value, 'resources').flatMap((raw, index) =>
    textAt(raw, 'mode') === 'data'
      ? []
      : listAt(raw, 'instances').map((_, instance) =>
          resource(raw, root.at('resources', index, 'instances', instance, 'attributes')),
        ),
  );
}

function resource(raw: unknown, values: Reader): TerraformResource {
  const type = textAt(raw, 'type') ?? '';
  return { type, address: textAt(raw, 'address') ?? `${type}.${textAt(raw, 'name') ?? ''}`, values };
}
