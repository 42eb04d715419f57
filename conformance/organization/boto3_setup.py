"""Sets a plan up through boto3, unmodified and pointed at the server: boto3_setup.py ENDPOINT < plan.json"""

import json
import sys
import time

import boto3

endpoint = sys.argv[1]
plan = json.load(sys.stdin)
session = boto3.Session(region_name="us-east-1")


def client(name):
    return session.client(name, endpoint_url=endpoint)


org, sso, store = client("organizations"), client("sso-admin"), client("identitystore")


def until(read, state):
    while True:
        status = read()
        if status[state] == "SUCCEEDED":
            return status
        if status[state] == "FAILED":
            sys.exit(status["FailureReason"])
        time.sleep(0.2)


root = org.list_roots()["Roots"][0]["Id"]
units, accounts, principals, sets = {}, {}, {}, {}

for unit in plan["units"]:
    parent = units[unit["parent"]] if "parent" in unit else root
    made = org.create_organizational_unit(ParentId=parent, Name=unit["name"])
    units[unit["name"]] = made["OrganizationalUnit"]["Id"]

for account in plan["accounts"]:
    asked = org.create_account(AccountName=account["name"], Email=account["email"])
    asked = asked["CreateAccountStatus"]["Id"]
    made = until(
        lambda: org.describe_create_account_status(CreateAccountRequestId=asked)["CreateAccountStatus"], "State"
    )
    accounts[account["name"]] = made["AccountId"]
    org.move_account(
        AccountId=made["AccountId"], SourceParentId=root, DestinationParentId=units[account["unit"]]
    )

instance = sso.list_instances()["Instances"][0]
arn, store_id = instance["InstanceArn"], instance["IdentityStoreId"]

for name in plan["groups"]:
    principals["GROUP", name] = store.create_group(IdentityStoreId=store_id, DisplayName=name)["GroupId"]

for user in plan["users"]:
    made = store.create_user(
        IdentityStoreId=store_id,
        UserName=user["userName"],
        DisplayName=user["givenName"] + " " + user["familyName"],
        Name={"GivenName": user["givenName"], "FamilyName": user["familyName"]},
        Emails=[{"Value": user["email"], "Type": "work", "Primary": True}],
    )["UserId"]
    principals["USER", user["userName"]] = made
    for group in user["groups"]:
        store.create_group_membership(
            IdentityStoreId=store_id, GroupId=principals["GROUP", group], MemberId={"UserId": made}
        )

for permission_set in plan["permissionSets"]:
    made = sso.create_permission_set(
        InstanceArn=arn,
        Name=permission_set["name"],
        Description=permission_set["description"],
        SessionDuration=permission_set["sessionDuration"],
        Tags=[{"Key": "plan", "Value": permission_set["name"]}],
    )["PermissionSet"]["PermissionSetArn"]
    for policy in permission_set["managedPolicies"]:
        sso.attach_managed_policy_to_permission_set(
            InstanceArn=arn, PermissionSetArn=made, ManagedPolicyArn=policy
        )
    if "inlinePolicy" in permission_set:
        sso.put_inline_policy_to_permission_set(
            InstanceArn=arn, PermissionSetArn=made, InlinePolicy=permission_set["inlinePolicy"]
        )
    sets[permission_set["name"]] = made

for assignment in plan["assignments"]:
    asked = sso.create_account_assignment(
        InstanceArn=arn,
        TargetId=accounts[assignment["account"]],
        TargetType="AWS_ACCOUNT",
        PermissionSetArn=sets[assignment["permissionSet"]],
        PrincipalType=assignment["principalType"],
        PrincipalId=principals[assignment["principalType"], assignment["principal"]],
    )["AccountAssignmentCreationStatus"]["RequestId"]
    until(
        lambda: sso.describe_account_assignment_creation_status(
            InstanceArn=arn, AccountAssignmentCreationRequestId=asked
        )["AccountAssignmentCreationStatus"],
        "Status",
    )

# What was made is what the paginators list.
listed = {
    "users": sum(len(page["Users"]) for page in store.get_paginator("list_users").paginate(IdentityStoreId=store_id)),
    "groups": sum(len(page["Groups"]) for page in store.get_paginator("list_groups").paginate(IdentityStoreId=store_id)),
    "accounts": sum(len(page["Accounts"]) for page in org.get_paginator("list_accounts").paginate()),
    "permissionSets": sum(
        len(page["PermissionSets"]) for page in sso.get_paginator("list_permission_sets").paginate(InstanceArn=arn)
    ),
}
print(json.dumps(listed))
