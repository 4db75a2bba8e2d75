/** The words of the check in every language: JSON, deflated, in base64. The build puts them together; as they are they would be half of the file. */
declare module "vestige:words" {
  const packed: string;
  export default packed;
}
