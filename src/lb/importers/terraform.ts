import { InputError } from '../../errors.js';
import type { ConfigDocument } from '../document.js';
import type { Importer } from '../importer.js';
import type { Device } from '../model.js';
import { isTerraform, resourcesOf } from '../terraform/resources.js';

/** What `terraform show -json` prints, and state files. */
export const terraform: Importer = {
  id: 'terraform',
  understands: ['Terraform plan or state as JSON (terraform show -json; azurerm_lb*, aws_lb*)'],
  recognises: isTerraform,
  build: async (documents) => {
    const devices: Device[] = [];
    for (const document of documents) devices.push(...(await devicesOf(document)));
    return { devices };
  },
};

async function devicesOf(document: ConfigDocument): Promise<Device[]> {
  const resources = resourcesOf(document);
  const { asAzureDocument } = await import('../terraform/azure.js');
  const { awsDevices } = await import('../terraform/aws.js');
  const azure = asAzureDocument(document.name, resources);
  const devices = await awsDevices(document.name, resources);
  if (azure !== null) {
    const { azureDevices } = await import('../azure/devices.js');
    devices.push(...azureDevices([azure]));
  }
  if (devices.length > 0) return devices;
  throw new InputError(
    `${document.name}: expected azurerm_lb, azurerm_nat_gateway, aws_lb, aws_elb or aws_nat_gateway among its ${resources.length} resources, found none`,
  );
}
