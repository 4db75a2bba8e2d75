module vestige.example/reader

go 1.19
