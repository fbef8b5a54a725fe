import { Kbd, Modal, Table } from '@mantine/core';

interface KeyHelpProps {
  /** Keys, and what they do. */
  readonly keys: readonly (readonly [string, string])[];
  readonly onClose: () => void;
}

/** Which keys a page knows. */
export function KeyHelp({ keys, onClose }: KeyHelpProps) {
  return (
    <Modal opened onClose={onClose} title="Keys">
      <Table verticalSpacing={4}>
        <Table.Tbody>
          {keys.map(([key, action]) => (
            <Table.Tr key={key}>
              <Table.Td w={120}>
                {key.split(' ').map((each) => (
                  <Kbd key={each} mr={4}>
                    {each}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{action}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
