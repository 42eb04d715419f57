module mayfly-credentials

go 1.19
